"""Which engine runs the embedded model."""

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from rag.errors import ModelUnavailable, SettingError
from rag.models import engine, factory
from rag.models.engine import Engine, engine_folder, engine_of, manifest, openvino_hindrance
from rag.models.factory import LocalModel
from rag.models.model_file import target_path
from rag.settings import EngineName, Settings, read_settings

INSTALLED, OPENVINO = "2026.10", "2026.4"


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which everything is installed."""
    monkeypatch.setattr(engine, "version", {"xllamacpp": INSTALLED, "openvino-genai": OPENVINO}.__getitem__)
    monkeypatch.setattr(engine, "instruction_sets", lambda: ["avx", "avx2"])
    monkeypatch.setattr(engine, "has_avx512", lambda: False)
    monkeypatch.setattr(engine, "memory", lambda: 8_000_000_000)
    monkeypatch.setattr(engine, "is_converted", lambda path: path.with_suffix(".converted").exists())


def settings(place: Path, name: EngineName | None = None) -> Settings:
    return Settings(home=place, models=place, engine=name)


def build(place: Path, written: str) -> Path:
    """What stands for a built engine, with a manifest."""
    folder = engine_folder(settings(place))
    folder.mkdir()
    (folder / engine.MANIFEST).write_text(written, encoding="utf-8")
    return folder


def with_model(place: Path, *, is_converted: bool = False) -> None:
    """What stands for the model's file, and for OpenVINO's form of it."""
    path = target_path(settings(place))
    path.touch()
    if is_converted:
        path.with_suffix(".converted").touch()


def without_openvino(package: str) -> str:
    """Stands for `version` where OpenVINO is not installed."""
    if package == "xllamacpp":
        return INSTALLED
    raise PackageNotFoundError


def test_without_a_built_one_the_installed_llama(tmp_path: Path) -> None:
    assert engine_of(settings(tmp_path)) == Engine("wheel", INSTALLED, "none_built")


def test_openvino_that_is_not_installed_cannot_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "version", without_openvino)
    assert engine_of(settings(tmp_path)).name == "wheel"
    with pytest.raises(SettingError, match="engine_not_installed"):
        engine_of(settings(tmp_path, "openvino"))


def test_one_built_for_this_processor_is_taken(tmp_path: Path) -> None:
    folder = build(tmp_path, manifest(INSTALLED))
    assert engine_of(settings(tmp_path)) == Engine("native", INSTALLED, "built_for_this_processor", folder)
    assert engine_of(settings(tmp_path, "native")) == Engine("native", INSTALLED, "asked_for", folder)


def test_any_can_be_asked_for(tmp_path: Path) -> None:
    build(tmp_path, manifest(INSTALLED))
    assert engine_of(settings(tmp_path, "wheel")) == Engine("wheel", INSTALLED, "asked_for")
    assert engine_of(settings(tmp_path, "openvino")) == Engine("openvino", OPENVINO, "asked_for")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (manifest("2020.1"), "built_from_another_version"),
        (json.dumps({"version": INSTALLED, "processor": ["mmx"]}), "built_for_another_processor"),
        ("", "none_built"),
        ("[]", "none_built"),
        ('{"version": "2020.1"}', "none_built"),
    ],
)
def test_one_that_does_not_fit_is_left(written: str, reason: str, tmp_path: Path) -> None:
    build(tmp_path, written)
    assert engine_of(settings(tmp_path)) == Engine("wheel", INSTALLED, reason)  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="engine_not_built"):
        engine_of(settings(tmp_path, "native"))


def test_replies_of_each_are_kept_apart(tmp_path: Path) -> None:
    build(tmp_path, manifest(INSTALLED))
    names: tuple[EngineName, ...] = ("openvino", "native", "wheel")
    openvino, native, wheel = (engine_of(settings(tmp_path, name)).identity for name in names)
    assert (openvino, wheel) == (f"openvino-genai {OPENVINO}", f"xllamacpp {INSTALLED}")
    assert native.startswith(f"{wheel} native ")


@pytest.fixture
def avx512(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor that OpenVINO is quick on."""
    monkeypatch.setattr(engine, "has_avx512", lambda: True)


@pytest.mark.usefixtures("avx512")
def test_openvino_where_the_processor_has_what_it_is_made_for(tmp_path: Path) -> None:
    with_model(tmp_path, is_converted=True)
    build(tmp_path, manifest(INSTALLED))
    assert engine_of(settings(tmp_path)) == Engine("openvino", OPENVINO, "processor_has_avx512")
    assert openvino_hindrance(settings(tmp_path)) is None
    assert engine_of(settings(tmp_path, "wheel")) == Engine("wheel", INSTALLED, "asked_for")


@pytest.mark.usefixtures("avx512")
@pytest.mark.parametrize("has_model", [False, True])
def test_a_form_that_was_not_made_is_told(has_model: bool, tmp_path: Path) -> None:
    if has_model:
        with_model(tmp_path)
    assert openvino_hindrance(settings(tmp_path)) == "not_prepared"
    assert engine_of(settings(tmp_path)) == Engine("wheel", INSTALLED, "not_prepared")
    folder = build(tmp_path, manifest(INSTALLED))
    assert engine_of(settings(tmp_path)) == Engine("native", INSTALLED, "built_for_this_processor", folder)


@pytest.mark.usefixtures("avx512")
@pytest.mark.parametrize(
    ("lacking", "value", "hindrance"),
    [
        ("version", without_openvino, "not_installed"),
        ("has_avx512", lambda: False, "no_avx512"),
        ("memory", lambda: 4_000_000_000, "little_memory"),
        ("memory", lambda: 0, "little_memory"),
    ],
)
def test_what_openvino_lacks_leaves_llama(
    lacking: str, value: object, hindrance: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_model(tmp_path, is_converted=True)
    monkeypatch.setattr(engine, lacking, value)
    assert openvino_hindrance(settings(tmp_path)) == hindrance
    assert engine_of(settings(tmp_path)) == Engine("wheel", INSTALLED, "none_built")


@pytest.mark.parametrize(("value", "name"), [("", None), ("wheel", "wheel"), ("openvino", "openvino")])
def test_the_environment_decides(value: str, name: EngineName | None) -> None:
    assert read_settings({"ZHENBAO_ENGINE": value, "ZHENBAO_HOME": "x"}).engine == name


def test_another_word_is_turned_down() -> None:
    with pytest.raises(SettingError, match="must_be_one_of"):
        read_settings({"ZHENBAO_ENGINE": "fast", "ZHENBAO_HOME": "x"})


class Server:
    """A server whose built engine does not start."""

    started: list[str | None]

    def __init__(self, path: Path, *, engine: Engine | None = None, threads: int | None = None) -> None:
        self.path, self.engine = path, engine
        self.base_url, self.api_key, self.is_running, self.is_given_up = "http://127.0.0.1:1/v1", "key", False, False

    def start(self) -> None:
        Server.started.append(self.engine.name if self.engine else None)
        if self.engine:
            raise ModelUnavailable("model_cannot_be_loaded", path=self.path, reason="exit code -4")
        self.is_running = True

    def close(self) -> None:
        self.is_running = False


def with_a_built_engine(place: Path, name: EngineName | None = None) -> LocalModel:
    """A model whose engine was built and is taken."""
    build(place, manifest(INSTALLED))
    file = place / "small.gguf"
    file.touch()
    return LocalModel(Settings(home=place, models=place, model_file=file, engine=name))


@pytest.mark.parametrize("name", [None, "native"])
def test_a_built_one_that_cannot_run_gives_way_unless_it_was_asked_for(
    name: EngineName | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server.started = []
    monkeypatch.setattr(factory, "LocalServer", Server)
    model = with_a_built_engine(tmp_path, name)
    if name:
        with pytest.raises(ModelUnavailable, match="model_cannot_be_loaded"):
            model._running()
        assert Server.started == ["native"]
    else:
        model._running()
        assert Server.started == ["native", None]
    model.close()


class Closed(Server):
    """A server that is closed while it loads."""

    def start(self) -> None:
        self.is_given_up = True
        super().start()


def test_a_built_one_that_was_closed_while_it_loads_does_not_give_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Server.started = []
    monkeypatch.setattr(factory, "LocalServer", Closed)
    with pytest.raises(ModelUnavailable):
        with_a_built_engine(tmp_path).start()
    assert Server.started == ["native"]
