"""Light and dark: palettes from the themes, following the system as it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from viewer.gui.theme import Theme, dark, light

CHOICES = ("system", "light", "dark")
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme."""
    roles = QPalette.ColorRole
    colors = {
        roles.Window: theme.background,
        roles.WindowText: theme.text,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.background,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.control,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.error,
        roles.ToolTipBase: theme.surface,
        roles.ToolTipText: theme.text,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.accent_text,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.Light: theme.surface,
        roles.Midlight: theme.hover,
        roles.Mid: theme.border,
        roles.Dark: theme.border,
        roles.Shadow: theme.border,
    }
    made = QPalette()
    for role, color in colors.items():
        made.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the few rules that a palette cannot say."""
    return f"""
    QToolTip {{ color: {theme.text}; background: {theme.surface};
        border: 1px solid {theme.border}; padding: 4px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar {{ border-top: 1px solid {theme.border}; }}
    QStatusBar QLabel {{ color: {theme.muted}; }}
    QMenuBar {{ border-bottom: 1px solid {theme.border}; }}
    QSplitter::handle {{ background: transparent; }}
    QSplitter::handle:hover {{ background: {theme.border}; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: 12px; }}
    QScrollBar:horizontal {{ height: 12px; }}
    QScrollBar::handle {{ background: {theme.border}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:disabled {{ background: transparent; }}
    QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QFrame#banner {{ background: {theme.surface}; border: none;
        border-bottom: 1px solid {theme.border}; border-left: 4px solid {theme.accent}; }}
    QFrame#banner[error="true"] {{ border-left-color: {theme.error}; }}
    """


class Appearance(QObject):
    """The theme in use, and the choice behind it.

    `changed` is emitted with the new theme when the choice or the system's scheme changes.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        self.theme = light()
        app.styleHints().setColorScheme(_SCHEMES[choice])
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self._apply()

    @property
    def choice(self) -> str:
        """One of `CHOICES`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system or stay light or dark."""
        self._choice = choice
        self._app.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    def _scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._apply()

    def _apply(self) -> None:
        """Set palette and style sheet where the theme is another one."""
        scheme = self._app.styleHints().colorScheme()
        is_dark = {"light": False, "dark": True}.get(self._choice, scheme == Qt.ColorScheme.Dark)
        theme = dark() if is_dark else light()
        self._app.setPalette(palette(theme))
        sheet = style_sheet(theme)
        if self._app.styleSheet() != sheet:  # setting it polishes every widget anew
            self._app.setStyleSheet(sheet)
        if theme != self.theme:
            self.theme = theme
            self.changed.emit(theme)
