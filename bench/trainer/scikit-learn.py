# Answers questions on standard input, a line of JSON each: what scikit-learn takes for the same, in CPU milliseconds.
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import DBSCAN, AgglomerativeClustering, KMeans
from sklearn.metrics import silhouette_score

known = {}


def points(ask):
    if ask["file"] not in known:
        known[ask["file"]] = np.fromfile(ask["file"], dtype=np.float64).reshape(ask["n"], ask["d"])
    return known[ask["file"]]


def kmeans(x, ask):
    starts = np.array(ask["starts"])
    fit = KMeans(n_clusters=len(starts), init=starts, n_init=1, max_iter=1000, tol=0, algorithm="lloyd").fit(x)
    return {"inertia": fit.inertia_, "labels": fit.labels_.tolist()}


def silhouette(x, ask):
    return {"mean": silhouette_score(x, np.array(ask["labels"]))}


def dbscan(x, ask):
    return {"labels": DBSCAN(eps=ask["radius"], min_samples=ask["neighbours"]).fit(x).labels_.tolist()}


def ward(x, ask):
    return {"merges": AgglomerativeClustering(n_clusters=None, distance_threshold=0).fit(x).children_.tolist()}


print(json.dumps({"version": sklearn.__version__}), flush=True)
for line in sys.stdin:
    ask = json.loads(line)
    x = points(ask)
    begun = time.process_time()
    answer = {"kmeans": kmeans, "silhouette": silhouette, "dbscan": dbscan, "ward": ward}[ask["do"]](x, ask)
    print(json.dumps({"ms": (time.process_time() - begun) * 1000, **answer}), flush=True)
