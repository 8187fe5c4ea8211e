"""`python -m shuangyong_core.cli` is the command `shuangyong`."""

from shuangyong_core.cli import main

main()
