using System.Text.Json;
using System.Text.Json.Nodes;

namespace Huoma.Domain.Simulator;

/// <summary>The messages a gateway sends, as docs/robot-gateway.md, section 2, has them.</summary>
public static class SimWire
{
    public const string Puppet = "simulator";

    public static string GatewayIdOf(string robotId) => $"sim-{robotId}";

    public static string Hello(SimRobot robot, string version)
    {
        ArgumentNullException.ThrowIfNull(robot);
        return SimJson.Write(new
        {
            v = 1,
            kind = "hello",
            gatewayId = GatewayIdOf(robot.RobotId),
            version,
            puppet = Puppet,
            robots = (string[])[robot.RobotId],
            lastSeq = robot.LastSeq,
            capabilities = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [robot.RobotId] = SimCommands.Capabilities },
        });
    }

    public static string Event(string robotId, SimEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return SimJson.Write(new { v = 1, kind = "event", seq = told.Seq, id = told.Id, type = told.Type, robotId, at = SimJson.Time(told.At), data = JsonNode.Parse(told.Data) });
    }

    public static string Result(string commandId, SimResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var message = new JsonObject { ["v"] = 1, ["kind"] = "result", ["id"] = commandId, ["ok"] = result.Ok };
        if (result.Code is not null)
        {
            var error = new JsonObject { ["code"] = result.Code, ["message"] = result.Message };
            if (result.RetryAfterSec is { } seconds)
            {
                error["retryAfterSec"] = seconds;
            }

            message["error"] = error;
        }

        if (result.Data is not null)
        {
            message["data"] = JsonNode.Parse(result.Data);
        }

        return SimJson.Write(message);
    }

    /// <summary>Null when it is no command of this robot that can be read.</summary>
    public static SimCommand? ReadCommand(JsonElement message, string robotId) =>
        TextOf(message, "id") is { Length: > 0 and <= 100 } id && TextOf(message, "type") is { Length: > 0 and <= 100 } type && TextOf(message, "robotId") == robotId
        && message.TryGetProperty("deadline", out var deadline) && deadline.ValueKind == JsonValueKind.String && deadline.TryGetDateTimeOffset(out var until)
        && message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? new SimCommand(id, type, data, until)
            : null;

    public static string? TextOf(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
