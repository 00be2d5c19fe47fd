"""Skills that do much the same job, so that knowing one makes another quick to learn: a group a line.

Curated by hand after the categories of the CNCF landscape (landscape.cncf.io) and of the DB-Engines ranking
(db-engines.com); languages are together where code of one reads like code of the other. A skill stands in one group.
"""

from __future__ import annotations

_GROUPS = """
    PostgreSQL, MySQL, Microsoft SQL Server, Oracle Database, CockroachDB, SQLite, MariaDB
    MongoDB, DynamoDB, Cassandra, ScyllaDB, Firebase, Supabase
    Elasticsearch, OpenSearch
    Snowflake, BigQuery, Redshift, ClickHouse, Databricks, DuckDB, Data warehousing
    Redis, Memcached
    TimescaleDB, InfluxDB
    pgvector, Pinecone, Qdrant
    Apache Kafka, RabbitMQ, NATS, Apache Pulsar
    Apache Spark, Apache Flink, Apache Beam, Apache Hadoop
    Apache Airflow, Prefect, Dagster
    Looker, Tableau, Power BI
    dbt, ETL, Data pipelines, Data modeling
    JavaScript, TypeScript
    Java, Kotlin, Scala, C#
    C, C++, Rust, Zig
    Haskell, OCaml
    Elixir, Erlang
    Verilog, VHDL, FPGA
    Django, Flask, FastAPI
    Node.js, Express, NestJS
    Spring, .NET, Quarkus, Micronaut
    React, Vue, Angular, Svelte
    Next.js, Nuxt
    Playwright, Cypress, Selenium
    iOS, SwiftUI, Swift, Objective-C
    Android, Jetpack Compose
    React Native, Flutter, Kotlin Multiplatform
    AWS, Google Cloud, Azure
    AWS Lambda, Cloudflare Workers, Serverless
    Kubernetes, Docker, Helm, Amazon ECS, Amazon EKS, Google Kubernetes Engine
    Terraform, Pulumi, CloudFormation, Ansible, Chef, Puppet, Infrastructure as code
    Prometheus, Grafana, Datadog, OpenTelemetry, Observability
    Jenkins, GitHub Actions, GitLab CI, CircleCI, CI/CD, Argo CD
    Envoy, Istio, Nginx
    PyTorch, TensorFlow, JAX, Keras
    scikit-learn, XGBoost
    LangChain, LlamaIndex, Retrieval-augmented generation
    vLLM, Triton Inference Server, ONNX
    Machine learning, Deep learning
    OAuth, OpenID Connect, SAML, SSO
    SOC 2, ISO 27001, PCI DSS
    User interface design, User experience design, Interaction design
    Unity, Unreal Engine
    REST APIs, GraphQL, gRPC
    FreeRTOS, Zephyr, RTOS, Embedded systems
    I2C, SPI, UART
    Figma, Adobe XD
    Prototyping, Wireframing
    User research, Usability testing
"""

KIN: tuple[tuple[str, ...], ...] = tuple(tuple(line.strip().split(", ")) for line in _GROUPS.strip().splitlines())
