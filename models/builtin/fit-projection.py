#!/usr/bin/env python3
"""Fits the built-in engine's projection (Fisher's linear discriminant) to drawn people.

  fit-projection.py DESCRIPTORS OUT

DESCRIPTORS is what edge-agent's test class DescriptorExport writes from a folder of
'fieldtest generate --portraits': big-endian int rows, int values, then per row an int person and
float values. OUT is drawn-people.projection; FisherProjection.java describes its form.
Needs numpy.
"""

import struct
import sys

import numpy as np

DIRECTIONS = 64
PRINCIPAL = 250
REGULARISATION = 0.1


def read(path):
    data = open(path, "rb").read()
    rows, values = struct.unpack(">ii", data[:8])
    table = np.frombuffer(data[8:], ">f4").reshape(rows, values + 1)
    people = np.frombuffer(data[8:], ">i4").reshape(rows, values + 1)[:, 0]
    return people.astype(int), table[:, 1:].astype(np.float32)


def fit(people, x):
    """Within-person scatter made round, then the directions of the most scatter that is left."""
    mean = x.mean(0)
    principal = np.linalg.svd(x - mean, full_matrices=False)[2][:PRINCIPAL].T
    y = (x - mean) @ principal
    ids, person = np.unique(people, return_inverse=True)
    centres = np.array([y[person == i].mean(0) for i in range(len(ids))])
    residual = y - centres[person]
    within = residual.T @ residual / len(y)
    within += REGULARISATION * np.trace(within) / len(within) * np.eye(len(within))
    whiten = np.linalg.inv(np.linalg.cholesky(within))
    vectors = np.linalg.eigh(whiten @ (y.T @ y / len(y)) @ whiten.T)[1][:, ::-1][:, :DIRECTIONS]
    return mean, (principal @ whiten.T @ vectors).T


def write(path, mean, directions):
    scales = np.abs(directions).max(1) / 127
    with open(path, "wb") as out:
        out.write(struct.pack(">ii", directions.shape[1], directions.shape[0]))
        out.write(mean.astype(">f4").tobytes())
        out.write(scales.astype(">f4").tobytes())
        out.write(np.round(directions / scales[:, None]).astype("int8").tobytes())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(sys.argv[2], *fit(*read(sys.argv[1])))
