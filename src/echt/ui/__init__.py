"""Design tokens, page layout, components, icons, browser modules, formatting; who may see a page."""
