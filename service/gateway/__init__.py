"""How does a request get from the web server into the application, and its answer out?"""
