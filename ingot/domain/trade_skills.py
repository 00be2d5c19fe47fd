"""Skills of the trades beside software: design, circuits, games, selling, and what every second text names. In the form of `SKILL_TABLE`.

Curated by hand; the names are those of the European classification of skills (ESCO 1.2, esco.ec.europa.eu) where it has
them, else those that the makers use.
"""

from __future__ import annotations

TRADE_SKILLS: dict[str, str] = {
    "design": """
        Figma
        Adobe XD
        Photoshop: Adobe Photoshop
        =Illustrator: Adobe Illustrator
        =InDesign: Adobe InDesign
        User research: UX research
        Usability testing: usability tests, usability test
        User interface design: UI design, UI/UX
        User experience design: UX design
        Interaction design
        Design systems: design system
        Prototyping
        Wireframing: wireframes
        Web accessibility: WCAG, =a11y
    """,
    "embedded": """
        Embedded systems: embedded firmware
        Verilog: SystemVerilog
        VHDL
        =FPGA: FPGAs
        =ROS: ROS2, ROS 2
        =RTOS
        FreeRTOS
        =Zephyr
        I2C
        =SPI
        =UART
        Bluetooth Low Energy: =BLE
        PCB design: PCB layout
        Altium: Altium Designer
        KiCad
        SolidWorks
    """,
    "games": """
        =Unity: Unity3D
        Unreal Engine: =Unreal
    """,
    "market": """
        Salesforce
        HubSpot
        Google Analytics
        =SEO: search engine optimization
        Account-based marketing
        Copywriting
    """,
    "trend": """
        Large language models: large language model, =LLM, =LLMs
        AI agents: AI agent, agentic AI
        Prompt engineering
        =MCP: Model Context Protocol
    """,
}
