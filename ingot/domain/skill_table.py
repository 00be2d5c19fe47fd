"""The skills INGOT knows, as a table: one family a block, one skill a line, `Name: alias, alias`.

A leading `=` means that the spelling counts only with exactly these capitals, because the word in small letters
is also plain English ("go", "rust", "spark"). An alias never repeats its own name.

Curated by hand after the technologies of the Stack Overflow developer survey (survey.stackoverflow.co/2024/technology)
and the CNCF landscape (landscape.cncf.io); other trades are in `trade_skills`.
"""

from __future__ import annotations

from ingot.domain.trade_skills import TRADE_SKILLS

SKILL_TABLE: dict[str, str] = {
    "language": """
        Python: Python3, Python 3, CPython
        JavaScript: =JS, ECMAScript, ES6
        TypeScript: =TS
        Java: Java 8, Java 11, Java 17, Java 21
        Kotlin
        =Scala
        =Go: golang
        =Rust
        =C
        C++: cpp, C/C++, C++11, C++14, C++17, C++20
        C#: C Sharp, csharp
        =Swift
        Objective-C: Objective C, ObjC
        =Ruby
        PHP
        Perl
        =R
        =Julia
        MATLAB
        Haskell
        OCaml
        =Elixir
        Erlang
        Clojure: ClojureScript
        =Dart
        =Zig
        Solidity
        SQL
        =Bash: shell scripting, =Shell
        =Lua
        F#
        PowerShell
        HTML: HTML5
        CSS: CSS3
        WebAssembly: WASM
        CUDA
    """,
    "backend": """
        Node.js: =Node, NodeJS, Node JS
        =Express: Express.js, ExpressJS
        NestJS: Nest.js
        Django: Django REST Framework, =DRF
        =Flask
        FastAPI
        Ruby on Rails: =Rails, =RoR
        =Spring: Spring Boot, SpringBoot, Spring Framework
        .NET: dotnet, .NET Core, ASP.NET, ASP.NET Core
        Laravel
        =Phoenix: Phoenix LiveView
        GraphQL
        gRPC
        REST APIs: REST API, =REST, RESTful, RESTful APIs, RESTful API
        Protocol Buffers: protobuf, protobufs
        WebSockets: WebSocket
        WebRTC
        OpenAPI: Swagger
        Celery
        Sidekiq
        SQLAlchemy
        Pydantic
        Hibernate
        Prisma
        =Temporal.io
        Symfony
        Micronaut
        Quarkus
        Axum
    """,
    "frontend": """
        =React: React.js, ReactJS
        Next.js: NextJS
        =Vue: Vue.js, VueJS
        Nuxt: Nuxt.js
        =Angular: AngularJS
        Svelte: SvelteKit
        Redux
        Tailwind CSS: =Tailwind, TailwindCSS
        =Vite
        D3: D3.js
        Three.js: ThreeJS
        jQuery
        =Sass: SCSS
        WebGL
        Playwright
        =Cypress
        Selenium
        =Jest
        Storybook
        Webpack
        =Electron
    """,
    "mobile": """
        iOS
        Android
        SwiftUI
        Jetpack Compose
        React Native
        Flutter
        Kotlin Multiplatform: =KMP
    """,
    "data store": """
        PostgreSQL: Postgres, PSQL
        MySQL
        SQLite
        Microsoft SQL Server: SQL Server, MSSQL
        Oracle Database: Oracle DB, PL/SQL
        MongoDB: Mongo
        Redis
        Cassandra
        DynamoDB
        CockroachDB
        Elasticsearch: Elastic Search
        OpenSearch
        Neo4j
        ClickHouse
        DuckDB
        TimescaleDB
        InfluxDB
        Snowflake
        BigQuery
        Redshift
        Firebase: Firestore
        Supabase
        etcd
        pgvector
        MariaDB
        Memcached
        ScyllaDB
        =Pinecone
        Qdrant
    """,
    "data": """
        Apache Kafka: Kafka
        RabbitMQ
        =NATS
        Apache Pulsar: =Pulsar
        Apache Spark: =Spark, PySpark, Spark Streaming, Spark SQL
        Apache Flink: Flink
        Apache Beam: =Beam
        Apache Airflow: Airflow
        Apache Hadoop: Hadoop, HDFS, MapReduce
        Apache Hive: =Hive
        Apache Iceberg: =Iceberg
        Apache Arrow: =Arrow
        Delta Lake
        Parquet
        Databricks
        =Prefect
        Dagster
        dbt
        Trino: =Presto
        Looker
        Tableau
        Power BI: PowerBI
        =Excel: Microsoft Excel
        ETL: ELT
        Data modeling: data modelling
        Data warehousing: data warehouse, data warehouses
        Data pipelines: data pipeline
        A/B testing: A/B tests, A/B test
    """,
    "machine learning": """
        Machine learning: =ML
        Deep learning
        Natural language processing: =NLP
        Computer vision
        Reinforcement learning
        Retrieval-augmented generation: retrieval augmented generation, =RAG
        Recommender systems: recommender system, recommendation systems
        MLOps
        Fine-tuning: fine tuning
        PyTorch
        TensorFlow
        =Keras
        =JAX
        scikit-learn: sklearn, scikit learn
        Pandas
        NumPy
        SciPy
        XGBoost
        Hugging Face: HuggingFace
        LangChain
        LlamaIndex
        OpenCV
        spaCy
        MLflow
        SageMaker
        Vertex AI
        =Ray
        vLLM
        Speech recognition
        ONNX
        Triton Inference Server: =Triton
        Jupyter: Jupyter Notebook, Jupyter Notebooks
    """,
    "cloud": """
        AWS: Amazon Web Services
        Google Cloud: GCP, Google Cloud Platform
        Azure: Microsoft Azure
        AWS Lambda: =Lambda
        Amazon S3: =S3
        Amazon EC2: =EC2
        Amazon ECS: =ECS
        Amazon EKS: =EKS
        Google Kubernetes Engine: =GKE
        Cloudflare Workers: Cloudflare
        Heroku
        Vercel
        Serverless
    """,
    "infrastructure": """
        Kubernetes: k8s, K8
        Docker
        =Helm: Helm charts
        Terraform
        Pulumi
        Ansible
        =Chef
        =Puppet
        CloudFormation
        Linux
        Nginx
        =Envoy
        Istio
        HashiCorp Vault: =Vault
        Prometheus
        Grafana
        Datadog
        OpenTelemetry: =OTel
        Splunk
        =Sentry
        Jenkins
        GitHub Actions
        GitLab CI: GitLab CI/CD
        CircleCI
        Argo CD: ArgoCD, =Argo
        CI/CD: =CI, continuous integration, continuous delivery, continuous deployment
        Git
        Bazel
        eBPF
        =Nix: NixOS
        PagerDuty
        Incident response
    """,
    "security": """
        OAuth: OAuth2, OAuth 2.0
        OpenID Connect: =OIDC
        SAML
        =SSO: single sign-on
        Penetration testing: pentesting, pen testing
        Threat modeling: threat modelling
        Cryptography
        Zero trust
        SOC 2: SOC2
        =HIPAA
        =GDPR
        PCI DSS: PCI-DSS
        ISO 27001
        =OWASP
    """,
    "practice": """
        Distributed systems: distributed system
        Microservices: microservice
        Event sourcing
        Event-driven architecture: event driven architecture
        Domain-driven design: domain driven design, =DDD
        Test-driven development: test driven development, =TDD
        Site reliability engineering: =SRE
        Infrastructure as code: infrastructure-as-code, =IaC
        DevOps
        GitOps
        Observability
        =Agile
        =Scrum
        =Kanban
        Product management
        Technical writing
        Blockchain: =Web3
    """,
    **TRADE_SKILLS,
}
