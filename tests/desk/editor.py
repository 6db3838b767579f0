"""Somebody at the desk without a script: presses the buttons of the page, and no others."""

import uuid
from dataclasses import dataclass, field

from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient


@dataclass
class Editor:
    """A person with a browser that runs no script.

    Attributes:
        page: The answer that is on the screen.
    """

    client: TestClient
    page: Response = field(init=False)

    def open(self, path: str) -> Response:
        """Open an address, and follow where it leads."""
        self.page = self._follow(self.client.get(path))
        return self.page

    def press(self, do: str, **typed: str) -> Response:
        """Press the button that sends a word, and follow where the answer leads.

        Args:
            do: As the button sends it, or how that begins.
            typed: What stands in a field, by its id.
        """
        self.page = self._follow(self.send(do, **typed))
        return self.page

    def send(self, do: str, **typed: str) -> Response:
        """What answers a button, with what was typed into fields, by their ids."""
        tree = html.fromstring(self.page.text)
        buttons = tree.xpath("//button[starts-with(@value, $do)]", do=do)
        assert buttons, f"no button {do!r} on {self.page.url}"
        form = buttons[0].xpath("ancestor::form")[0]
        for id_, value in typed.items():
            form.get_element_by_id(id_).value = value
        fields = [*form.form_values(), ("do", buttons[0].get("value"))]
        sent: dict[str, list[str]] = {}
        for name, value in fields:
            sent.setdefault(name, []).append(value)
        return self.client.post(form.get("action"), data=sent)

    def send_again(self) -> Response:
        """Press the one button of a page that keeps what was typed."""
        [form] = html.fromstring(self.page.text).xpath("//main//form")
        self.page = self._follow(
            self.client.post(form.get("action"), data=dict(form.form_values()))
        )
        return self.page

    def _follow(self, answer: Response) -> Response:
        while answer.is_redirect:
            answer = self.client.get(answer.headers["location"])
        return answer

    def find(self, path: str) -> list[str]:
        """The texts of what an XPath finds on the page, white space joined."""
        found = html.fromstring(self.page.text).xpath(path)
        texts = (one if isinstance(one, str) else one.text_content() for one in found)
        return [" ".join(text.split()) for text in texts]

    @property
    def words(self) -> str:
        """The words on the card; empty if there is none."""
        return "".join(self.find("//blockquote[contains(@class, 'words')]"))

    @property
    def claim(self) -> uuid.UUID:
        """The claim on the card."""
        return uuid.UUID(str(self.page.url).partition("/review/")[2].partition("?")[0])
