"""Tests of one program cannot take each other's sites, in whichever order they run."""

import pytest

from tests.support.program import Program, SharedProgram


@pytest.mark.parametrize("command", ["add", "set", "remove", "key"])
@pytest.mark.parametrize("site", ["demo", "my-paper", "shared", "shared-programs"])
def test_a_site_that_is_not_named_after_its_module_is_left_alone(command: str, site: str) -> None:
    program = SharedProgram("http://nowhere.example", {})

    with pytest.raises(AssertionError, match="name the site shared-program, or shared-program-"):
        program.command("site", command, site)


@pytest.mark.parametrize("site", ["shared-program", "shared-program-of-two"])
def test_a_module_adds_the_sites_that_are_named_after_it(site: str, program: Program) -> None:
    program.command("site", "add", site, "--origin", "https://paper.example")

    assert site in program.command("site", "list").split()
