"""What is drawn: a route, the course of a run, a month. Values with places come out; a template draws them as SVG."""
