"""A page of words, tables and pictures that can be copied, with links to digits."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from viewer.catalog.about import AboutSet
from viewer.catalog.table import Table
from viewer.gui.about_html import about_html
from viewer.gui.images import gray_image
from viewer.gui.inspector.labels import figures_font
from viewer.gui.theme import Theme

SIDE = 56
"""Logical pixels that a digit's picture is high, about."""
MARGIN = 16
COUNTING = "Counting the digits …"
PICTURE = "\ufffc"
"""What stands for a picture in the text of a document."""


class AboutPage(QTextBrowser):
    """A page that can be selected and copied; tables are copied with tabs.

    `digit_chosen` gives the position of a digit whose link was followed.
    """

    digit_chosen = Signal(int)

    def __init__(self, table: Table, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._theme = theme
        self._about: AboutSet | None = None
        self.setAccessibleName("About this data set")
        self.setToolTip("Words and tables can be selected and copied")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDefaultFont(figures_font(self.font()))
        self.document().setDocumentMargin(MARGIN)
        self.setPlainText(COUNTING)
        self.anchorClicked.connect(self._follow)

    def show_about(self, about_set: AboutSet) -> None:
        """Show what is known about the set."""
        self._about = about_set
        self.setHtml(about_html(about_set, self._theme))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; the page stays where it is."""
        self._theme = theme
        if self._about is not None:
            place = self.verticalScrollBar().value()
            self.document().clear()
            self.show_about(self._about)
            self.verticalScrollBar().setValue(place)

    def text(self) -> str:
        """Return the whole page as plain text, the cells of a row with tabs between."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        return _with_tabs(cursor)

    def loadResource(self, kind: int, name: QUrl | str) -> QImage | None:
        name = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if name.scheme() == "digit":
            return self._picture(int(name.path()))
        bar = QImage(1, 1, QImage.Format.Format_RGB32)
        bar.fill(QColor(self._theme.accent))
        return bar

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()  # the one of the base class would write its own text over this
        data.setText(_with_tabs(self.textCursor()))
        data.setHtml(self.textCursor().selection().toHtml())
        return data

    def _picture(self, position: int) -> QImage:
        """Return a digit's image, enlarged by a whole number of screen pixels."""
        image = gray_image(self._table.image(position))
        ratio = self.devicePixelRatioF()
        scale = max(round(SIDE * ratio / image.height()), 1)
        picture = image.scaled(image.width() * scale, image.height() * scale)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "digit":
            self.digit_chosen.emit(int(link.path()))
        else:
            QDesktopServices.openUrl(link)


def _with_tabs(selection: QTextCursor) -> str:
    """Return selected text, a line for each row of a table, its cells with tabs between."""
    document = selection.document()
    start, stop = selection.selectionStart(), selection.selectionEnd()
    lines: list[str] = []
    row: tuple[int, int] | None = None
    block = document.findBlock(start)
    while block.isValid() and block.position() < stop:
        cursor = QTextCursor(block)
        begin, end = max(start - block.position(), 0), stop - block.position()
        text = block.text()[begin:end].replace("\u2028", " ").replace(PICTURE, "").strip()
        table = cursor.currentTable()
        place = None if table is None else (table.firstPosition(), table.cellAt(cursor).row())
        if place is not None and place == row:
            lines[-1] += f"\t{text}"
        else:
            lines.append(text)
        row = place
        block = block.next()
    return "\n".join(line.rstrip() for line in lines)
