"""FAISS's IndexFlatIP over the vectors of a file, searched by order of MatchingComparison.

    faiss_flat.py VECTORS DIMENSION

VECTORS holds little-endian 32-bit floats, vector by vector. On the standard input lines

    index FIRST COUNT                                    which vectors are listed
    search FIRST COUNT THREADS REPETITIONS               which vectors are probes

each answered by one line on the standard output: "ok", or the median nanoseconds of a search with
all of those probes, and of each probe the nearest row and its cosine.
"""

import sys
import time

try:
    import faiss
    import numpy
except ImportError:
    print("absent", flush=True)
    sys.exit()


def main():
    vectors = numpy.fromfile(sys.argv[1], dtype="<f4").reshape(-1, int(sys.argv[2]))
    # What the library was compiled for; releases before 1.7.3 do not tell.
    options = getattr(faiss, "get_compile_options", lambda: "")()
    print(f"faiss {faiss.__version__} {options}".strip(), flush=True)
    index = None
    for line in sys.stdin:
        order, *rest = line.split()
        first, count, *rest = map(int, rest)
        chosen = vectors[first : first + count]
        if order == "index":
            index = faiss.IndexFlatIP(vectors.shape[1])
            index.add(chosen)
            print("ok", flush=True)
        else:
            threads, repetitions = rest
            faiss.omp_set_num_threads(threads)
            times = []
            for _ in range(repetitions):
                begin = time.perf_counter_ns()
                cosines, rows = index.search(chosen, 1)
                times.append(time.perf_counter_ns() - begin)
            found = [f"{row} {cosine}" for row, cosine in zip(rows[:, 0], cosines[:, 0])]
            print(int(numpy.median(times)), *found, flush=True)


if __name__ == "__main__":
    main()
