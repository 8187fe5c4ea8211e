"""One machine: `python deployments/serve.py` serves the flows, as `shuangyong serve flows` does."""

from flows.serve import main

main()
