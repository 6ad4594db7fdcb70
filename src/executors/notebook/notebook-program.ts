// The program that runs a notebook from top to bottom: papermill fills in the parameters, keeps the outputs, and talks to the kernel.
// Around it: the kernel is the Python that runs this program, a member of its process group, and reached by sockets in the
// attempt's folder; what the notebook says comes out as it is said; the executed notebook takes the place of the laid one.

/** With these characters begin the lines that the program says in its own name, and not in that of the notebook. */
export const OWN_LINE = '\u001edownbeat ';

/**
 * Its text; takes the path of the notebook, and the types of the parameters as a JSON object. Where it knows better than its exit
 * code why it failed, its last line on stderr begins with the code of the failure.
 */
export const NOTEBOOK_PROGRAM = String.raw`
import json, keyword, logging, os, re, signal, subprocess, sys, threading, time
from pathlib import Path

OWN_LINE = "\x1edownbeat "
PLACE = Path.cwd().parent
NOTEBOOK, TYPES = sys.argv[1], json.loads(sys.argv[2])
SAID = os.path.join("..", "jupyter", "said")
STOPPED = 128 + signal.SIGTERM
stopping = threading.Event()
kernel = None


def prepare():
    # Relative, since the path of a socket may have a hundred characters and that of an attempt has more.
    home = os.path.join("..", "jupyter")
    os.makedirs(home, mode=0o700, exist_ok=True)
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        os.environ[name] = os.path.abspath(home)
    os.environ["JUPYTER_RUNTIME_DIR"] = home
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    add("PYTHONPATH", os.path.dirname(os.path.abspath(NOTEBOOK)), os.pathsep)
    # Said to people at a prompt when a cell calls sys.exit.
    add("PYTHONWARNINGS", "ignore:To exit:UserWarning", ",")


def add(name, value, separator):
    os.environ[name] = separator.join([value, *filter(None, [os.environ.get(name)])])


def stop(*_):
    """The kernel is in the same group and got the signal too: it may take its time, and no cell begins any more."""
    if kernel is None:
        os._exit(STOPPED)
    if not stopping.is_set():
        stopping.set()
        threading.Thread(target=leave_behind_kernel, daemon=True).start()


def leave_behind_kernel():
    while kernel.poll() is None:
        time.sleep(0.02)
    # What it said at last may be on its way.
    time.sleep(0.1)
    os._exit(STOPPED)


class Lines:
    """Writes what a notebook says, and lines of our own between it."""

    def __init__(self):
        self.is_open = False

    def write(self, stream, text):
        if text:
            stream.write(text)
            stream.flush()
            if stream is sys.stdout:
                self.is_open = not text.endswith("\n")

    def say(self, text):
        if self.is_open:
            self.write(sys.stdout, "\n")
        self.write(sys.stdout, OWN_LINE + text + "\n")


lines = Lines()


def fail(code, text, status=1):
    sys.stdout.flush()
    print(code, text, file=sys.stderr, flush=True)
    sys.exit(status)


def short(text, length):
    plain = " ".join(text.split())
    return plain if len(plain) <= length else plain[: length - 1] + "…"


def load():
    from papermill.iorw import load_notebook_node

    try:
        nb = load_notebook_node(NOTEBOOK)
    except Exception as error:
        fail("NOTEBOOK_UNFIT", f"{NOTEBOOK} is no notebook: {short(str(error), 300)}")
    about = nb.metadata.get("kernelspec", {}).get("language") or nb.metadata.get("language_info", {}).get("name") or "python"
    if about.lower() not in ("python", "python3", "ipython"):
        fail("NOTEBOOK_UNFIT", f"{NOTEBOOK} is written in {short(about, 40)}, and notebook steps run Python.")
    return nb


def read_params():
    return json.loads((PLACE / "params.json").read_text("utf-8"))


def parameters():
    given = {}
    for name, value in read_params().items():
        if name.isidentifier() and not keyword.iskeyword(name):
            given[name] = typed(TYPES.get(name), value)
        else:
            lines.say(f'The parameter "{name}" is not passed: that can be no name in Python. It is in $DOWNBEAT_PARAMS.')
    return given


def typed(kind, value):
    if isinstance(value, list) and kind in ("double_array", "long_array"):
        return [typed(kind[:-6], item) for item in value]
    if kind == "double":
        return float(value)
    return int(value) if kind == "long" else value


def filled(nb):
    from papermill.parameterize import parameterize_notebook

    given = parameters()
    if not given:
        return nb
    nb = parameterize_notebook(nb, given, kernel_name="python3", language="python")
    # As JSON has them: what is no number there would make the notebook that is kept no JSON.
    nb.metadata.papermill["parameters"] = {name: read_params()[name] for name in given}
    return nb


def kernel_manager():
    """A kernel that is this very Python, whatever the notebook calls its own, in the process group of the attempt."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    async def launch_kernel(self, cmd, **options):
        global kernel
        env = {**options.get("env", os.environ), "JPY_PARENT_PID": str(os.getpid())}
        # What cells print comes as messages; this is what its Python says beside them, such as why it died.
        with open(SAID, "wb") as said:
            self.process = kernel = subprocess.Popen(
                cmd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=env
            )
        self.pid, self.pgid = kernel.pid, None
        return self.connection_info

    LocalProvisioner.launch_kernel = launch_kernel
    quiet = ["-Xfrozen_modules=off"] if sys.version_info >= (3, 11) else []
    # At a prompt, exit() says goodbye to it; in a notebook that runs by itself it means what it means in a program.
    leaving = "--IPKernelApp.exec_lines=from sys import exit; quit = exit"
    argv = [sys.executable, *quiet, "-m", "ipykernel_launcher", "-f", "{connection_file}", leaving]

    class Kernel(AsyncKernelManager):
        kernel_spec = KernelSpec(argv=argv, display_name="Python", language="python")

        def __init__(self, **options):
            place = os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], "kernel.json")
            super().__init__(**{**options, "transport": "ipc", "connection_file": place})

    return Kernel


def run(nb):
    """Executes the cells; answers with the client, which knows the cell that it came to, and what failed."""
    from nbclient.exceptions import CellExecutionError
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NotebookExecutionManager

    class Client(PapermillNotebookClient):
        cell, failed = None, None

        def execute_cell(self, cell, index, **options):
            if index in numbers:
                self.cell = f"cell {numbers[index]}"
                lines.say(f"{self.cell} of {len(numbers)}: {first_line(cell)}")
            elif "injected-parameters" in cell.metadata.get("tags", []):
                # Not counted by the kernel either, so that its In[7] is the seventh cell of the author.
                options["store_history"] = False
                lines.say("parameters: " + short(", ".join(cell.source.strip().splitlines()[1:]), 300))
            try:
                return super().execute_cell(cell, index, **options)
            except CellExecutionError as error:
                self.failed = (cell, error)
                raise
            finally:
                if stopping.is_set():
                    os._exit(STOPPED)

        def log_output_message(self, output):
            if output.output_type == "stream":
                lines.write(sys.stderr if output.name == "stderr" else sys.stdout, output.text)
            elif "text/plain" in output.get("data", {}):
                lines.write(sys.stdout, output.data["text/plain"] + "\n")

    numbers = numbered(nb)
    manager = NotebookExecutionManager(nb, progress_bar=False)
    manager.notebook_start()
    client = Client(
        manager,
        kernel_name="python3",
        kernel_manager_class=kernel_manager(),
        timeout=None,
        startup_timeout=600,
        stdout_file=sys.stdout,
        log=logging.getLogger("papermill"),
    )
    try:
        client.execute()
    except Exception:
        if kernel is None or is_alive():
            raise
        died(client.cell)
    manager.notebook_complete()
    return client


def numbered(nb):
    """The places of the cells that do something, with their numbers: as the author and the kernel count them."""

    def is_counted(cell):
        tags = cell.metadata.get("tags", [])
        return cell.cell_type == "code" and cell.source.strip() and not {"skip-execution", "injected-parameters"} & set(tags)

    places = [place for place, cell in enumerate(nb.cells) if is_counted(cell)]
    return {place: number for number, place in enumerate(places, 1)}


def first_line(cell):
    return short(cell.source.strip().splitlines()[0], 80)


def is_alive():
    try:
        kernel.wait(timeout=5)
        return False
    except subprocess.TimeoutExpired:
        return True


def died(cell):
    place = f"in {cell} of {NOTEBOOK}" if cell else f"before the first cell of {NOTEBOOK}"
    with open(SAID, encoding="utf-8", errors="replace") as said:
        for line in said.read()[-10_000:].splitlines()[-40:]:
            print(line, file=sys.stderr)
    code = kernel.returncode
    if code < 0:
        print(place, file=sys.stderr, flush=True)
        sys.exit(128 - code)
    if code == 75:
        sys.exit(75)
    fail("NOTEBOOK_DIED", f"exit code {code} {place}")


def judge(failed, name):
    cell, error = failed
    if error.ename == "SystemExit":
        return leave(error.evalue)
    print(f"{name} of {NOTEBOOK}:", file=sys.stderr)
    source = cell.source.splitlines()
    for line in source[:10]:
        print("    " + line, file=sys.stderr)
    if len(source) > 10:
        print(f"    … and {len(source) - 10} more lines", file=sys.stderr)
    for output in cell.outputs:
        if output.output_type == "error":
            print(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", "\n".join(output.traceback)), file=sys.stderr)
    said = short(f"{error.ename}: {error.evalue}" if error.evalue else error.ename, 300)
    fail("NOTEBOOK_CELL_FAILED", f"{name} of {NOTEBOOK}: {said}")


def leave(value):
    """As a program that calls sys.exit: nothing and 0 are the end that was meant, a text is said."""
    if re.fullmatch(r"-?\d+", value):
        status = int(value) & 0xFF
    elif value in ("", "None", "False"):
        status = 0
    else:
        print(value, file=sys.stderr, flush=True)
        status = 1
    if status != 0:
        sys.exit(status)


def main():
    signal.signal(signal.SIGTERM, stop)
    prepare()
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    import nbformat

    nb = filled(load())
    client = run(nb)
    if client.failed is not None:
        judge(client.failed, client.cell)
    nbformat.write(nb, NOTEBOOK)


main()
`;
