# An image of a release, on the image of Spark:
#
#   docker build -t karat:0.1.0 karat-0.1.0
#   docker run --rm karat:0.1.0 karat demo
#
# Build it in the folder that karat-0.1.0.tar.gz unpacks to. Drivers and executors on Kubernetes take the same image.
ARG SPARK_IMAGE=apache/spark:4.1.0-scala2.13-java17-ubuntu
FROM ${SPARK_IMAGE}

LABEL org.opencontainers.image.title="Karat" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/karat-io/karat"

COPY . /opt/karat

ENV SPARK_HOME=/opt/spark \
    PATH="/opt/karat/scripts:${PATH}"

# Spark's entry point stays, so that the image also serves as driver and executor.
CMD ["karat", "help"]
