"""A private PostgreSQL server in a temporary folder, for tests and benchmarks only.

It listens on a Unix socket, trusts everybody who can reach it, and gives durability up for speed. It is stopped and
removed by stop(). PostgreSQL refuses to run as root, so root hands the server to another user.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUPERUSER = "postgres"

# Speed over safety: the server lives for one run. What planning and pg_dump read is not influenced by any of these.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "wal_level": "logical",
    "max_wal_senders": "4",
    "timezone": "UTC",
    "datestyle": "iso, mdy",
}


# A server's files: a few hundred for each database that a test makes. In memory, that takes half the time.
IN_MEMORY = Path("/dev/shm")
ROOM_NEEDED = 6 << 30  # bytes


class ScratchError(Exception):
    """The server could not be found, made or started."""


def find_binaries(major):
    """The folder with initdb and postgres of a major version; raises ScratchError."""
    named = os.environ.get("SCHEMADIFF_PG_BIN")
    if named and _major_of(Path(named)) == major:
        return Path(named)
    installed = Path(f"/usr/lib/postgresql/{major}/bin")
    if (installed / "initdb").exists():
        return installed
    fetch = ROOT / "scripts/lib/fetch-postgres"
    if not fetch.exists():
        raise ScratchError(f"PostgreSQL {major} is not installed; set SCHEMADIFF_PG_BIN to its bin folder")
    done = subprocess.run([fetch, str(major)], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise ScratchError(f"`{fetch.name} {major}` failed with exit code {done.returncode}")
    return Path(done.stdout.strip().splitlines()[-1])


def scratch_root():
    """Where servers put their files: TMPDIR if it is set, memory if there is room, else the system's temporary folder."""
    if "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK | os.X_OK):
        return None
    memory = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
    available = int(memory["MemAvailable"].split()[0]) << 10
    return IN_MEMORY if min(available, shutil.disk_usage(IN_MEMORY).free) >= ROOM_NEEDED else None


def _major_of(folder):
    done = subprocess.run([folder / "postgres", "--version"], stdout=subprocess.PIPE, text=True)
    return int(done.stdout.split()[-1].split(".")[0].rstrip("develbtarc")) if done.returncode == 0 else 0


def find_client(name, major, server_bin):
    """A client program: of the server's own version, else the oldest newer one, as pg_dump must not be older."""
    own = server_bin / name
    if own.exists():
        return own
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    installed = sorted((int(f.parent.name), f / name) for f in folders if f.parent.name.isdigit() and (f / name).exists())
    newer = [path for version, path in installed if version >= major]
    if newer:
        return newer[0]
    done = subprocess.run([Path(__file__).with_name("fetch-pg-dump"), str(major)], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise ScratchError(f"no `{name}` of PostgreSQL {major} or later is installed")
    return Path(done.stdout.strip()) / name


def clean_environment():
    """The environment without anything that libpq would read."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    kept.update(PGCONNECT_TIMEOUT="20", LC_ALL="C.UTF-8", NO_COLOR="1")
    return kept


class Server:
    """Owns one cluster: made by start(), removed by stop(). Paths in it are short enough for a socket name."""

    def __init__(self, major, settings=None, label="scratch"):
        self.major = major
        self.bin = find_binaries(major)
        self.psql = find_client("psql", major, self.bin)
        self.pg_dump = find_client("pg_dump", major, self.bin)
        self.settings = {**SETTINGS, **(settings or {})}
        self.label = label
        self.folder = None
        self.environment = clean_environment()

    def start(self):
        self.folder = Path(tempfile.mkdtemp(prefix=f"sd-{self.label}-", dir=scratch_root()))
        self._owner = self._choose_owner()
        os.chmod(self.folder, 0o755)
        if self._owner:
            shutil.chown(self.folder, self._owner.pw_uid, self._owner.pw_gid)
        self._run("initdb", "-D", self.data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = {**self.settings, "unix_socket_directories": str(self.folder)}
        with open(self.data / "postgresql.auto.conf", "a", encoding="utf-8") as config:
            config.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder / "log", "start")
        return self

    def become_standby(self):
        """Of nothing: it is in recovery from now on, and takes what only reads."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")
        (self.data / "standby.signal").touch()
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder / "log", "start")

    def stop(self, keep=False):
        if self.folder is None or keep:
            return
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder = None

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *unused):
        self.stop()

    @property
    def data(self):
        return self.folder / "data"

    def url(self, database, user=SUPERUSER):
        return f"postgresql:///{database}?host={self.folder}&user={user}"

    def sql(self, database, *commands, script=None, timeout=120, user=SUPERUSER):
        """Runs commands, or a script's text, each in a transaction of its own; gives (exit code, stdout, stderr)."""
        argv = [self.psql, "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", self.url(database, user)]
        for command in commands:
            argv += ["-c", command]
        return self.client(argv, script, timeout)

    def load(self, database, *files, single_transaction=False, timeout=600):
        """Loads each file in a session of its own, as a file may change search_path; gives (exit code, stderr)."""
        for file in files:
            argv = [self.psql, "-X", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", "-d", self.url(database)]
            code, _, errors = self.client(argv + ["-1"] * single_transaction + ["-f", file], None, timeout)
            if code != 0:
                return code, errors
        return 0, ""

    def dump(self, database, *options, timeout=600):
        """`pg_dump --schema-only`; raises ScratchError when it fails."""
        code, out, errors = self.client([self.pg_dump, "--schema-only", *options, "-d", self.url(database)], None, timeout)
        if code != 0:
            raise ScratchError(f"`pg_dump` failed: {errors.strip()}")
        return out

    def client(self, argv, script, timeout):
        done = subprocess.run(
            argv, input=script, capture_output=True, text=True, errors="replace", env=self.environment, timeout=timeout,
            stdin=subprocess.DEVNULL if script is None else None)  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def _choose_owner(self):
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise ScratchError("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as")

    def _run(self, program, *arguments, check=True):
        identity = {}
        if self._owner:
            identity = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        # A file, not a pipe: the server inherits it, and a pipe would be held open for its whole life.
        with tempfile.TemporaryFile() as log:
            argv = [self.bin / program, *arguments]
            done = subprocess.run(
                argv, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment,
                start_new_session=True, **identity)  # fmt: skip
            if done.returncode != 0 and check:
                log.seek(0)
                text = log.read().decode(errors="replace").strip()
                server_log = self.folder / "log"
                if server_log.exists():
                    text += "\n" + server_log.read_text(errors="replace")[-2000:]
                raise ScratchError(f"`{program}` of PostgreSQL {self.major} failed: {text}")
