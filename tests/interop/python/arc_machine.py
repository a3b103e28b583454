"""The lab and a program on the Arc machine that it plays, both where the key file may be (`/var/opt/azcmagent/tokens`),
in a file system of their own. Arguments: the program under test, then what `identity.py` takes. Prints what that prints.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

AGENT = "/var/opt/azcmagent"


def main():
    os.makedirs(AGENT)
    # The lab keeps its files one folder down.
    os.symlink(AGENT + "/lab", AGENT + "/tokens")
    command = [sys.argv[1], "lab", "--http", "--listen", "127.0.0.1:0", "--output", "json", "--data", AGENT, "--config", AGENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as lab:
        try:
            line = json.loads(lab.stdout.readline())
            base = line["http"].rsplit("/", 1)[0]
            with urlopen(base + "/machine", timeout=30) as answer:
                machine = json.load(answer)["arc"]
            script = str(Path(__file__).with_name("identity.py"))
            subprocess.run([sys.executable, script, sys.argv[2]], env=dict(os.environ, **machine), check=True, timeout=60)
        finally:
            lab.terminate()


if __name__ == "__main__":
    main()
