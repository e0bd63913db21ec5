"""Gives answers to a driver of the Python SDK and notes which calls it runs.

On stdin a list of {"answer", "tools"}; on stdout the calls of each and the milliseconds that all of them took.
"""

import json
import sys
import time

from mcs.driver.core import BaseDriver, Tool, ToolParameter


class Notebook(BaseDriver):
    def __init__(self, tools):
        super().__init__()
        self.tools = [as_tool(tool) for tool in tools]
        self.calls = []

    def list_tools(self):
        return self.tools

    def execute_tool(self, tool_name, arguments):
        self.calls.append({"name": tool_name, "arguments": as_json(arguments)})
        return "done"


def as_json(arguments):
    try:
        json.dumps(arguments, allow_nan=False)
        return arguments
    except ValueError:
        return repr(arguments)


def as_tool(tool):
    parameters = [
        ToolParameter(
            name=one["name"],
            description=one.get("description", ""),
            required=one.get("required", False),
            schema=one.get("schema"),
        )
        for one in tool["parameters"]
    ]
    return Tool(name=tool["name"], description=tool.get("description") or tool.get("title"), parameters=parameters)


def read(subject):
    driver = Notebook(subject["tools"])
    start = time.perf_counter()
    try:
        driver.process_llm_response(subject["answer"])
    except Exception:
        # That it cannot be read is an answer too.
        pass
    return driver.calls, time.perf_counter() - start


readings = [read(subject) for subject in json.load(sys.stdin)]
seconds = sum(taken for _, taken in readings)
json.dump({"calls": [calls for calls, _ in readings], "milliseconds": seconds * 1000}, sys.stdout)
