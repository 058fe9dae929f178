"""What may come next in the query, and what is wrong with it, below the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from viewer.catalog.query.complete import Completion
from viewer.gui.inspector.labels import figures_font
from viewer.gui.theme import Theme

LINE = 24
MOST_LINES = 10
WIDTH = 440
"""Width at most, in pixels."""

_HELP = Qt.ItemDataRole.UserRole


class _HintDelegate(QStyledItemDelegate):
    """A hint and, muted beside it, what it means."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = 0

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, LINE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, line = self.theme, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.fillRect(line, QColor(theme.accent if chosen else theme.hover))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        line.adjust(8, 0, -8, 0)
        metrics = option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(QColor(theme.accent_text if chosen else theme.text))
        text = metrics.elidedText(str(index.data()), elide, line.width())
        painter.drawText(line, middle, text)
        line.setLeft(line.left() + self.column + 16)
        painter.setPen(QColor(theme.accent_text if chosen else theme.muted))
        painter.drawText(
            line, middle, metrics.elidedText(str(index.data(_HELP)), elide, line.width())
        )


class Hints(QFrame):
    """A message and a list of completions; the line keeps the focus.

    `picked` is emitted with the `Completion` that was clicked.
    """

    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hints")
        self.setAccessibleName("Hints for the query")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._completions: tuple[Completion, ...] = ()
        self.message = QLabel(self)
        self.message.setAccessibleName("What is wrong with the query")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setMargin(8)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Completions")
        self.list.setToolTip("Click, or choose with the arrows and Enter; Tab takes the first")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFont(figures_font(self.font()))
        self.list.itemClicked.connect(self._clicked)
        self._delegate = _HintDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(self.list)
        self.set_theme(theme)
        self.hide()

    @property
    def completions(self) -> tuple[Completion, ...]:
        """The completions on show."""
        return self._completions if self.isVisible() else ()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._delegate.theme = theme
        self.setStyleSheet(
            f"QFrame#hints {{ background: {theme.surface}; border: 1px solid {theme.border}; }}"
            f"QFrame#hints QLabel {{ color: {theme.error}; }}"
        )

    def show_hints(self, completions: Sequence[Completion], message: str, below: QWidget) -> None:
        """Show completions and a message below a widget; hide where there is neither."""
        if tuple(completions) != self._completions:
            self._completions = tuple(completions)
            self._fill_list()
        elif self.isHidden():
            self.list.setCurrentRow(-1)
        self.list.setVisible(bool(completions))
        self.message.setText(message)
        self.message.setVisible(bool(message))
        if completions or message:
            self._place(below)
        else:
            self.hide()

    def move_choice(self, step: int) -> None:
        """Go up or down in the list; from an end on, no line is chosen."""
        count = self.list.count()
        row = self.list.currentRow() + step
        if self.list.currentRow() < 0 and step < 0:
            row = count - 1
        self.list.setCurrentRow(row if 0 <= row < count else -1)

    def chosen(self) -> Completion | None:
        """Return the completion that the arrows have come to."""
        row = self.list.currentRow()
        return self.completions[row] if 0 <= row < len(self.completions) else None

    def _fill_list(self) -> None:
        self.list.clear()
        for completion in self._completions:
            item = QListWidgetItem(completion.text.strip())
            item.setData(_HELP, completion.help)
            self.list.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(self._completions[self.list.row(item)])

    def _place(self, below: QWidget) -> None:
        """Lie above all else in the window, from the lower edge of a widget on."""
        window = below.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        metrics = self.list.fontMetrics()
        texts = [metrics.horizontalAdvance(one.text) for one in self._completions]
        self._delegate.column = max(texts, default=0)
        left = below.mapTo(window, QPoint(0, below.height()))
        width = min(WIDTH, below.width(), window.width() - left.x())
        height = 2
        if self._completions:
            lines = min(len(self._completions), MOST_LINES)
            self.list.setFixedHeight(lines * LINE)
            height += lines * LINE
        if not self.message.isHidden():
            height += self.message.heightForWidth(width - 2)
        self.setGeometry(left.x(), left.y() + 2, width, min(height, window.height() - left.y() - 4))
        self.show()
        self.raise_()
