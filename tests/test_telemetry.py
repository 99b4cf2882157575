"""Nothing of what Zhenbao is made of reports to its makers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

EMBED = "from rag.models.embedding import LocalEmbedder; LocalEmbedder().passages(['粮食总产量1.39万吨。'] * 40)"
RECOGNISE = (
    "from PIL import Image; from rag.formats.ocr import Recogniser; Recogniser().lines(Image.new('RGB', (64, 64)))"
)


@pytest.mark.skipif(sys.platform != "linux", reason="looks where Linux keeps caches")
@pytest.mark.parametrize("work", [EMBED, RECOGNISE], ids=["embedder", "recognition"])
def test_onnx_runtime_keeps_no_device_id(work: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    environment = {**kept, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    code = f"import sys; {work}; assert 'onnxruntime' in sys.modules"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    assert list(tmp_path.rglob("Microsoft")) == []
