"""Families of roles by the words of their titles, and how near two families are. Curated by hand.

The families are the developer types of the Stack Overflow developer survey (survey.stackoverflow.co/2024/developer-profile)
and, beside software, the minor groups of O*NET-SOC 2019 (onetcenter.org/taxonomy). Nearness is ours: the chance, as we judge
it, that a company reads an application from the one family for the other.
"""

from __future__ import annotations

# A family a line; its phrases are whole words of a title in small letters, hyphens as spaces.
ROLE_TABLE = """
    backend: backend, back end, server side, api engineer, api developer, python developer, python engineer, go developer, go engineer, golang developer, golang engineer, java developer, java engineer, ruby developer, ruby engineer, rails developer, rails engineer, php developer, node developer, rust engineer, rust developer, scala engineer, distributed systems engineer, payments engineer, search engineer
    frontend: frontend, front end, ui engineer, ui developer, react developer, react engineer, javascript developer, typescript engineer, web engineer, web developer, webmaster
    full stack: full stack, fullstack, product engineer, founding engineer, founding software engineer, founding developer
    mobile: mobile engineer, mobile developer, mobile, ios, android, flutter, react native
    platform: platform engineer, platform, infrastructure, infra, devops, site reliability, sre, cloud engineer, cloud architect, cloud, reliability engineer, network engineer, systems administrator, system administrator, sysadmin, build engineer, release engineer, database administrator, database engineer, systems engineer, production engineer, developer experience, observability engineer
    data engineering: data engineer, analytics engineer, data platform, etl developer, data architect, data infrastructure, data warehouse engineer, big data engineer
    data science: data scientist, data science, statistician, quantitative researcher, quantitative analyst, quant
    analytics: data analyst, business analyst, business intelligence, bi developer, bi analyst, analyst, analytics
    machine learning: machine learning, ml engineer, ml, ai engineer, ai researcher, ai research, applied ai, ai, deep learning, computer vision, nlp engineer, mlops, applied scientist, research scientist, research engineer, llm engineer, perception engineer, speech engineer
    embedded: embedded, firmware, fpga, robotics, robotics engineer, controls engineer, autonomy engineer, gnc, avionics, asic, silicon, kernel engineer
    hardware: hardware engineer, hardware, electrical engineer, electronics engineer, electrical, mechanical engineer, mechanical, mechatronics, manufacturing engineer, process engineer, test technician, aerospace engineer, propulsion, pcb designer, chemical engineer, materials engineer
    security: security engineer, security, penetration tester, appsec, infosec, cryptographer, soc analyst, cybersecurity, security researcher
    quality: qa, quality assurance, test engineer, sdet, test automation, quality engineer, tester
    games: game developer, game programmer, game engineer, gameplay, unity developer, graphics engineer, graphics programmer
    software: software engineer, software developer, software architect, software, swe, developer, programmer, engineer, engineering, member of technical staff, technical staff, computer scientist, coder
    engineering management: engineering manager, head of engineering, vp of engineering, vp engineering, director of engineering, engineering director, cto, chief technology officer, engineering lead
    product: product manager, product owner, head of product, product lead, vp of product, chief product officer, cpo, product management, product operations
    design: designer, design, ux, user experience, ui/ux, user researcher, ux researcher, art director, creative director, illustrator
    sales engineering: solutions engineer, solution engineer, sales engineer, forward deployed, solutions architect, solution architect, implementation engineer, implementation, customer engineer, deployment engineer, deployment strategist, integration engineer, field engineer, technical consultant
    sales: sales, account executive, sdr, bdr, business development, account manager, partnerships, revenue, gtm, go to market, commercial
    marketing: marketing, growth, content, seo, brand, community manager, developer relations, developer advocate, devrel, copywriter, social media, communications, public relations
    customer: customer success, customer support, support engineer, customer experience, technical support, support specialist, customer service, call center
    operations: operations, chief of staff, office manager, project manager, program manager, programme manager, executive assistant, supply chain, logistics, coordinator, dispatcher, scrum master
    finance: accountant, finance, financial analyst, controller, cfo, bookkeeper, auditor, actuary, underwriter, tax, investment, trader
    people: recruiter, recruiting, talent, human resources, hr, people operations, people partner
    legal: lawyer, attorney, counsel, legal, paralegal, compliance
    science: biologist, chemist, physicist, scientist, laboratory, lab technician, research associate, bioinformatics, bioinformatician, postdoctoral, geologist
    care: nurse, physician, clinician, doctor, therapist, pharmacist, caregiver, medical assistant, dentist, psychologist
    teaching: teacher, tutor, lecturer, instructor, professor, teaching assistant, trainer
    writing: technical writer, writer, editor, journalist, translator
"""

# `family, family: nearness` both ways; what is not listed is 0, a family with itself 1.
NEARNESS_TABLE = """
    backend, full stack: 0.85
    backend, software: 0.85
    backend, platform: 0.7
    backend, data engineering: 0.65
    backend, machine learning: 0.4
    backend, security: 0.4
    backend, frontend: 0.35
    backend, sales engineering: 0.4
    frontend, full stack: 0.85
    frontend, software: 0.7
    frontend, mobile: 0.5
    frontend, design: 0.35
    frontend, games: 0.3
    full stack, software: 0.9
    full stack, mobile: 0.5
    full stack, platform: 0.5
    full stack, data engineering: 0.45
    full stack, machine learning: 0.4
    full stack, sales engineering: 0.5
    full stack, product: 0.25
    mobile, software: 0.7
    platform, software: 0.7
    platform, security: 0.55
    platform, data engineering: 0.55
    platform, machine learning: 0.35
    platform, sales engineering: 0.4
    data engineering, software: 0.65
    data engineering, data science: 0.55
    data engineering, analytics: 0.5
    data engineering, machine learning: 0.5
    data science, machine learning: 0.8
    data science, analytics: 0.65
    data science, science: 0.4
    data science, software: 0.35
    analytics, product: 0.35
    analytics, operations: 0.35
    analytics, finance: 0.35
    analytics, marketing: 0.25
    machine learning, software: 0.55
    machine learning, science: 0.3
    machine learning, embedded: 0.25
    embedded, software: 0.55
    embedded, hardware: 0.5
    embedded, games: 0.2
    hardware, science: 0.2
    hardware, software: 0.1
    security, software: 0.5
    quality, software: 0.5
    quality, backend: 0.35
    quality, frontend: 0.4
    games, software: 0.6
    engineering management, software: 0.5
    engineering management, backend: 0.5
    engineering management, full stack: 0.5
    engineering management, platform: 0.5
    engineering management, product: 0.4
    engineering management, frontend: 0.4
    sales engineering, software: 0.5
    sales engineering, sales: 0.4
    sales engineering, customer: 0.4
    sales engineering, product: 0.3
    product, design: 0.4
    product, operations: 0.4
    product, marketing: 0.35
    design, marketing: 0.35
    sales, marketing: 0.5
    sales, customer: 0.6
    sales, operations: 0.35
    marketing, writing: 0.6
    marketing, operations: 0.3
    customer, operations: 0.5
    customer, software: 0.15
    operations, people: 0.45
    operations, finance: 0.4
    operations, software: 0.05
    finance, legal: 0.25
    people, customer: 0.3
    science, care: 0.25
    teaching, writing: 0.3
    teaching, customer: 0.25
    writing, customer: 0.25
    care, customer: 0.25
"""
