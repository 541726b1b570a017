"""A build that is killed between any two of its file operations leaves the last good state, and the next goes on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg

NOTICE = """{title}

栖云府办发〔2031〕{number}号

各镇人民政府：

为做好湿地修复工作，现通知如下。

一、{heading}。2031年9月底前，完成巡护站建设。（牵头单位：区水务局；责任单位：区财政局）

栖云区人民政府办公室

2031年6月{number}日
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_build_may_be_killed_between_any_two_file_operations(tmp_path: Path) -> None:
    for name, numbers in (("before", (1, 2, 3)), ("after", (2, 3, 4))):
        (tmp_path / name).mkdir()
        for number in numbers:
            heading = "完善设施" if (name, number) != ("after", 3) else "健全制度"  # the third is changed
            text = NOTICE.format(title="栖云区人民政府办公室关于做好湿地修复工作的通知", number=number, heading=heading)
            (tmp_path / name / f"{number}.txt").write_text(text, encoding="utf-8")
    kg.build([tmp_path / "before"], output=tmp_path / "old", jobs=1)
    kg.build([tmp_path / "after"], output=tmp_path / "new", jobs=1)
    driver = Path(__file__).with_name("crash_driver.py")
    run = subprocess.run([sys.executable, str(driver), str(tmp_path), "8"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (found := re.search(r"(\d+) operations", run.stdout)), run.stdout + run.stderr
    assert int(found[1]) > 20, "the operations were not seen"
