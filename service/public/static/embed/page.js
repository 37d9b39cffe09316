// Which page the comments are under, and what the server is told of it.

// `settings` are the attributes data-... of the element and the script, and the options of mount.
export function pageOf(settings) {
  return {
    page: settings.page || location.pathname,
    title: settings.title || document.title,
    url: location.href.split("#", 1)[0],
  };
}
