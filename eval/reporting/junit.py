"""JUnit XML of a run: wrong answers are failures, a model or machine that did not do its part is an error."""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from eval.reporting.gates import Fault, describe
from eval.reporting.results import Metrics, Results
from eval.scoring.cases import Case

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def junit_xml(results: Results, faults: Sequence[Fault]) -> str:
    """The report as text; gates that are no single case stand in a suite of their own."""
    root = ElementTree.Element("testsuites", name=f"zhenbao eval {results.set}")
    for kind, metrics in results.by_kind.items():
        suite = _suite(root, kind, metrics)
        for case in results.cases:
            if case.kind == kind:
                _case(suite, case)
    gates = [fault for fault in faults if fault.gate != "regression"]
    suite = ElementTree.SubElement(root, "testsuite", name="gates", tests=str(len(gates)), failures=str(len(gates)))
    for fault in gates:
        element = ElementTree.SubElement(suite, "testcase", classname=fault.gate, name=_clean(fault.name))
        ElementTree.SubElement(element, "failure", message=_clean(fault.detail.splitlines()[0])).text = _clean(
            fault.detail
        )
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def write_junit(path: Path, results: Results, faults: Sequence[Fault]) -> None:
    """Writes the report."""
    path.write_text(junit_xml(results, faults), encoding="utf-8", newline="\n")


def _suite(root: ElementTree.Element, kind: str, metrics: Metrics) -> ElementTree.Element:
    counts = {
        "tests": metrics.total,
        "failures": metrics.wrong + metrics.refused_wrongly,
        "errors": metrics.failed,
    }
    return ElementTree.SubElement(root, "testsuite", {"name": kind} | {name: str(n) for name, n in counts.items()})


def _case(suite: ElementTree.Element, case: Case) -> None:
    element = ElementTree.SubElement(suite, "testcase", classname=case.kind, name=_clean(case.id))
    if case.passed:
        return
    kind = "error" if case.status == "failed" else "failure"
    message = _clean("; ".join(case.reasons) or case.status)
    ElementTree.SubElement(element, kind, message=message, type=case.status).text = _clean(describe(case))


def _clean(text: str) -> str:
    """Characters that XML cannot hold, written as escapes."""
    return _FORBIDDEN.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
