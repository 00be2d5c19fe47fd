"""Industries and the words that name them. Curated by hand after the industries of the Y Combinator directory
(ycombinator.com/companies) and the Global Industry Classification Standard (msci.com/gics).

An industry a line: its words stand in small letters, in the singular. A `*` marks a word that says little in prose and counts
only as a label of the venue (its tags and industry).
"""  # noqa: D205 - the source belongs to the first sentence

from __future__ import annotations

INDUSTRY_TABLE = """
    fintech: fintech, payment processor, card payment, card authorisation, card authorization, card settlement, pci dss, payment, banking, neobank, bank, lending, credit card, loan, credit and lending, consumer finance, finance*, accounting, invoicing, invoice, billing*, payroll, treasury, asset management, wealth management, investing, investment*, trading*, brokerage, stock market, finance and accounting, banking and exchange, finops*, ledger, remittance, hedge fund, tax*, regtech, fraud prevention, fraud detection
    insurance: insurance, insurtech, underwriting, insurer, actuarial, policyholder
    crypto: crypto, cryptocurrency, crypto / web3, web3, blockchain, bitcoin, ethereum, stablecoin, defi, nft
    health: health*, healthcare, health tech, healthtech, digital health, medtech, telehealth, telemedicine, clinic, hospital, patient, doctor, nurse, physician, clinician, clinical, medical, dental, healthcare it, healthcare services, consumer health and wellness, mental health, pharmacy, fhir, hl7, caregiver, health & wellness*
    biotech: biotech, biotechnology, drug discovery, drug discovery and delivery, therapeutics, genomics, protein, biology, pharmaceutical, pharma, clinical trial, ai-powered drug discovery, synthetic biology, cell therapy
    developer tools: developer tool, devtool, developer platform, developer experience, api*, open source*, engineering product and design*, software development, sdk, coding agent, code review, debugging, ci/cd, developers*, monitoring*, no-code*, vibe coding, for developers, developer tools*
    infrastructure: infrastructure*, cloud computing, cloud infrastructure, database*, databases*, data center, gpu cloud, serverless, devops, aiops, kubernetes*
    data and analytics: analytics, data engineering, big data, data science, business intelligence, data warehouse, data pipeline, data labeling, search*, time series
    security: cybersecurity, security*, cyber security, identity*, privacy*, penetration testing, vulnerability, threat detection, access control
    climate and energy: climate, climate tech, clean energy, energy, solar, renewable, carbon, battery*, electricity, power grid, wind farm, nuclear, fusion energy, sustainability*, heat pump, wind power, utilities*
    logistics: logistics, supply chain, supply chain and logistics, freight, shipping*, carrier*, warehouse, trucking, fleet*, delivery*, customs, last mile, dispatch*, transportation*
    mobility: automotive, electric vehicle, mobility, autonomous vehicle, ride sharing, public transport, railway, car maker, bicycle, transportation
    aerospace: aerospace, aviation and space, aviation, satellite, spacecraft, aircraft, space exploration, drone, rocket, airline
    defense: defense*, defence*, military, weapon, warfighter, munition, battlefield
    manufacturing: manufacturing, manufacturing and robotics, industrial*, industrials*, factory, machine shop, cnc, production line, hardware*, hard tech*, semiconductor, electronics*, chip design, 3d printing
    robotics: robotics, robot, humanoid, robotic arm, drones*
    construction and property: construction, real estate, real estate and construction, proptech, property management, housing, housing and real estate, building permit, landlord, tenant, contractor*, home services, architecture firm, mortgage
    government: government*, govtech, public sector, civic tech, municipality, federal agency, city council, public safety
    education: education, edtech, school, student, teacher, university*, classroom, tutoring, learning platform*, ai-enhanced learning
    legal: legal, legaltech, legal tech, law firm, lawyer, attorney, litigation, contract review, paralegal
    recruiting and hr: recruiting, recruiting and talent, hr tech, human resources, hiring platform, talent acquisition, employee onboarding, applicant tracking, workforce*
    sales and marketing: sales*, marketing*, crm*, sales enablement, advertising, ad tech, adtech, go-to-market, lead generation, outbound sales, seo*, growth marketing, market research, influencer
    customer support: customer support, customer service, call center, contact center, customer success*, helpdesk, support ticket
    productivity: productivity*, workflow automation*, documents*, office management, meeting notes, note taking, email client, operations*, robotic process automation, team collaboration, spreadsheet
    commerce: e-commerce, ecommerce, retail*, retail tech, marketplace*, online store, shopping, consumer products, merchant, checkout, point of sale, wholesale, procurement, commerce*
    food and agriculture: food, restaurant, agriculture, agtech, farm, farmer, grocery, kitchen, food tech, beverage, crop, meal
    travel: travel*, hotel, hospitality, tourism, booking platform, vacation rental, airbnb
    gaming: gaming*, game*, video game, games studio, esports, game engine
    media: media*, entertainment, video*, music, publishing*, news publisher, podcast, film, streaming*, journalism, creator economy, content creator, museum
    social: social*, social network, dating, community app, messaging app, social media
    telecommunications: telecommunications, telecom, mobile network, broadband, sms, voip, 5g, fiber network
    nonprofit: nonprofit, non-profit, charity, foundation*, volunteer, ngo
    gambling: gambling, casino, betting*, sports betting, sportsbook, lottery, poker, slot machine, wager*
    adult: adult entertainment, adult content, pornography, porn
    tobacco: tobacco, cigarette, vaping, nicotine, e-cigarette
    oil and gas: oil and gas, petroleum, oilfield, fossil fuel, drilling rig, pipeline operator, oil company, coal
"""

# `industry, industry: nearness` both ways: how much that is learned in the one is of use in the other. Ours, as judged.
RELATED_TABLE = """
    fintech, insurance: 0.6
    fintech, crypto: 0.5
    fintech, commerce: 0.4
    fintech, legal: 0.2
    fintech, construction and property: 0.2
    insurance, health: 0.4
    health, biotech: 0.6
    developer tools, infrastructure: 0.7
    developer tools, security: 0.4
    developer tools, data and analytics: 0.5
    infrastructure, data and analytics: 0.6
    infrastructure, security: 0.5
    infrastructure, telecommunications: 0.4
    climate and energy, mobility: 0.4
    climate and energy, oil and gas: 0.3
    climate and energy, manufacturing: 0.3
    logistics, mobility: 0.5
    logistics, commerce: 0.5
    logistics, manufacturing: 0.4
    logistics, food and agriculture: 0.3
    aerospace, defense: 0.6
    aerospace, robotics: 0.5
    aerospace, manufacturing: 0.4
    defense, robotics: 0.4
    defense, government: 0.4
    manufacturing, robotics: 0.7
    mobility, robotics: 0.5
    mobility, manufacturing: 0.4
    mobility, aerospace: 0.4
    recruiting and hr, productivity: 0.3
    recruiting and hr, education: 0.3
    sales and marketing, customer support: 0.5
    sales and marketing, commerce: 0.4
    sales and marketing, media: 0.3
    customer support, productivity: 0.4
    productivity, developer tools: 0.25
    legal, government: 0.4
    commerce, food and agriculture: 0.4
    travel, commerce: 0.3
    gaming, media: 0.5
    gaming, gambling: 0.4
    media, social: 0.5
    social, commerce: 0.2
    nonprofit, education: 0.4
    nonprofit, government: 0.4
"""
