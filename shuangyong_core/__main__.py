"""`python -m shuangyong_core` is the command `shuangyong`."""

from shuangyong_core.cli import main

main()
