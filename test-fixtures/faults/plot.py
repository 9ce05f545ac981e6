"""Draws endurance.csv: one line for each figure, each from nothing to its highest."""
import csv

WIDTH, HEIGHT, LEFT, TOP = 620, 110, 150, 28
FIGURES = [
    ("rssMib", "resident memory", "MiB"),
    ("heapMib", "of it Java's heap in use", "MiB"),
    ("descriptors", "descriptors", ""),
    ("threads", "threads", ""),
    ("diskMib", "disk", "MiB"),
    ("framesPerSecond", "frames a second", ""),
    ("decisionMillis", "captured to decided", "ms"),
    ("publishMillis", "decided to received", "ms"),
]


def draw(table, picture):
    with open(table, newline="") as file:
        rows = list(csv.DictReader(file))
    end = float(rows[-1]["seconds"])
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" font-family="sans-serif" font-size="12">'.format(
            LEFT + WIDTH + 20, TOP + len(FIGURES) * HEIGHT + 30),
        '<rect width="100%" height="100%" fill="white"/>',
        '<text x="{}" y="18">{:.0f} minutes, every ten seconds</text>'.format(LEFT, end / 60),
    ]
    for place, (key, words, unit) in enumerate(FIGURES):
        points = [(float(row["seconds"]), float(row[key])) for row in rows if row[key] and float(row[key]) >= 0]
        if not points:
            continue
        highest = max(value for _, value in points) or 1
        bottom = TOP + (place + 1) * HEIGHT - 14
        line = " ".join(
            "{:.1f},{:.1f}".format(LEFT + WIDTH * at / end, bottom - (HEIGHT - 24) * value / highest) for at, value in points)
        parts += [
            '<text x="{}" y="{}" text-anchor="end">{}</text>'.format(LEFT - 10, bottom - HEIGHT / 2 + 12, words),
            '<text x="{}" y="{}" text-anchor="end" fill="#555">0 to {:g} {}</text>'.format(
                LEFT - 10, bottom - HEIGHT / 2 + 28, highest, unit),
            '<rect x="{}" y="{}" width="{}" height="{}" fill="none" stroke="#ccc"/>'.format(
                LEFT, bottom - HEIGHT + 24, WIDTH, HEIGHT - 24),
            '<polyline points="{}" fill="none" stroke="#1a5fb4" stroke-width="1"/>'.format(line),
        ]
    parts.append("</svg>\n")
    picture.write_text("\n".join(parts))
