import base64
import multiprocessing
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.config.crypto import decrypt_secret, encrypt_secret, get_fernet, rotate_key
from ingot.config.private_file import create_private, write_private
from ingot.errors import ConfigError

NAME = "smtp.password"


def open_token(token: str, base_dir: Path, name: str = NAME) -> str:
    return decrypt_secret(token, base_dir=base_dir, name=name)


def seal(value: str, base_dir: Path, name: str = NAME) -> str:
    return encrypt_secret(value, base_dir=base_dir, name=name)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.fixture
def key(tmp_path: Path) -> Path:
    get_fernet(tmp_path, NAME)
    return tmp_path / ".key"


@pytest.mark.parametrize("value", ["", "pass word", "ключ 🔑", "\udcff from another encoding", "__encrypted__:x"])
def test_a_secret_comes_back_as_it_was(tmp_path: Path, value: str) -> None:
    assert open_token(seal(value, tmp_path), tmp_path) == value


@given(value=st.text(), name=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_under_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, value: str, name: str) -> None:
    base_dir = tmp_path_factory.getbasetemp() / "any_text"
    token = seal(value, base_dir, name)
    assert open_token(token, base_dir, name) == value
    with pytest.raises(ConfigError):
        open_token(token, base_dir, name + "x")


def test_the_token_shows_nothing_and_differs_each_time(tmp_path: Path) -> None:
    first, second = seal("hunter2", tmp_path), seal("hunter2", tmp_path)
    assert first != second
    assert "hunter2" not in first


@pytest.mark.parametrize(
    "token", ["", "garbage", "gAAAAAB", "ünïcode", "\udcff", "gAAAAABrAlRhTr9cDHeBJGwhSx8vxxs_1Eo="]
)
def test_a_garbage_token_is_a_config_error_that_does_not_quote_it(key: Path, token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_token(token, key.parent)
    assert "ingot config set smtp.password -" in str(caught.value)
    assert len(token) < 5 or token not in str(caught.value)


def test_a_token_of_one_name_is_refused_under_another(tmp_path: Path) -> None:
    token = seal("value", tmp_path, "openai_api_key")
    with pytest.raises(ConfigError):
        open_token(token, tmp_path, "anthropic_api_key")


def test_decrypting_without_a_key_file_makes_none(tmp_path: Path) -> None:
    token = seal("value", tmp_path)
    (tmp_path / ".key").unlink()
    with pytest.raises(ConfigError, match="missing"):
        open_token(token, tmp_path)
    assert not (tmp_path / ".key").exists()


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_key_and_directory_are_closed_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    base_dir = tmp_path / "base"
    before = os.umask(umask)
    try:
        get_fernet(base_dir, NAME)
        rotate_key(base_dir)
    finally:
        os.umask(before)
    assert mode_of(base_dir) == 0o700
    assert mode_of(base_dir / ".key") == 0o600
    assert [path.name for path in base_dir.iterdir()] == [".key"]


def test_threads_that_ask_at_once_share_one_key(tmp_path: Path) -> None:
    barrier, tokens = threading.Barrier(8), []

    def ask(number: int) -> None:
        barrier.wait()
        tokens.append(seal(str(number), tmp_path))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(open_token(token, tmp_path) for token in tokens) == [str(number) for number in range(8)]


def test_processes_that_ask_at_once_share_one_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    barrier, tokens = context.Barrier(6), context.Queue()

    def ask(number: int) -> None:
        barrier.wait()
        tokens.put(seal(str(number), tmp_path))

    processes = [context.Process(target=ask, args=(number,)) for number in range(6)]
    for process in processes:
        process.start()
    found = sorted(open_token(tokens.get(timeout=30), tmp_path) for _ in processes)
    for process in processes:
        process.join()
    assert found == [str(number) for number in range(6)]
    assert len((tmp_path / ".key").read_text().splitlines()) == 1


def test_rotations_at_once_lose_no_key(tmp_path: Path) -> None:
    token = seal("old", tmp_path)
    threads = [threading.Thread(target=rotate_key, args=(tmp_path,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len((tmp_path / ".key").read_text().splitlines()) == 7
    assert open_token(token, tmp_path) == "old"


def test_rotation_encrypts_with_the_new_key_and_still_reads_the_old_tokens(key: Path) -> None:
    old, old_key = seal("first", key.parent), key.read_text()
    assert rotate_key(key.parent) == 2
    new = seal("second", key.parent)
    assert (open_token(old, key.parent), open_token(new, key.parent)) == ("first", "second")
    key.write_text(old_key)
    with pytest.raises(ConfigError):
        open_token(new, key.parent)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_key_that_others_can_reach_is_refused_with_the_command_that_closes_it(key: Path, mode: int) -> None:
    key.chmod(mode)
    with pytest.raises(ConfigError) as caught:
        get_fernet(key.parent, NAME)
    assert f"chmod 600 {key}" in caught.value.hint


def test_a_symlinked_key_is_refused_and_the_command_mends_it(key: Path) -> None:
    token = seal("value", key.parent)
    key.rename(key.with_name("elsewhere"))
    key.symlink_to(key.with_name("elsewhere"))
    with pytest.raises(ConfigError, match="symbolic link") as caught:
        get_fernet(key.parent, NAME)
    assert os.system(caught.value.fields["command"]) == 0
    assert open_token(token, key.parent) == "value"


def test_a_dangling_symlink_is_not_followed_to_make_a_key(tmp_path: Path) -> None:
    (tmp_path / ".key").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="symbolic link"):
        get_fernet(tmp_path, NAME)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_user_is_refused(key: Path) -> None:
    os.chown(key, 12345, -1)
    with pytest.raises(ConfigError, match="another user") as caught:
        get_fernet(key.parent, NAME)
    assert "chown" in caught.value.hint


def test_a_pipe_or_directory_in_place_of_the_key_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".key", 0o600)
    with pytest.raises(ConfigError, match="regular file"):
        get_fernet(tmp_path, NAME)
    (tmp_path / ".key").unlink()
    (tmp_path / ".key").mkdir(0o700)
    with pytest.raises(ConfigError, match="regular file"):
        get_fernet(tmp_path, NAME)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"not base64!\n", b"\xff\xfe\x00", base64.urlsafe_b64encode(bytes(31)), b"A" * 43, b"A" * 2_000_000],
)
def test_a_malformed_key_is_refused_and_kept(key: Path, content: bytes) -> None:
    key.write_bytes(content)
    for use in (lambda: get_fernet(key.parent, NAME), lambda: rotate_key(key.parent)):
        with pytest.raises(ConfigError, match="damaged") as caught:
            use()
        assert f"mv {key} {key}.broken" in caught.value.hint
    assert key.read_bytes() == content


def test_private_files_replace_whole_and_create_once(tmp_path: Path) -> None:
    target = tmp_path / "file"
    assert create_private(target, "first")
    assert not create_private(target, "second")
    assert target.read_text() == "first"
    write_private(target, "third")
    assert (target.read_text(), mode_of(target), len(list(tmp_path.iterdir()))) == ("third", 0o600, 1)


def test_a_directory_that_cannot_be_made_is_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for base_dir in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ConfigError):
            get_fernet(base_dir, NAME)
