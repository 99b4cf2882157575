"""Where things stand in the repository, and the published reports beside it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval" / "sets" / "sample"
SAMPLES = SAMPLE / "reports"
EVALSET = ROOT.parent / "shared" / "evalset"
