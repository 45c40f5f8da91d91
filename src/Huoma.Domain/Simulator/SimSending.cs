using System.Text.Json;

namespace Huoma.Domain.Simulator;

/// <summary>room.send: messages of their own, in order; all are checked before the first is sent.</summary>
internal sealed class SimSending(SimWorld world, SimRobot robot, SimGroup group, DateTimeOffset now)
{
    private const int MostParts = 10;

    public SimResult Send(SimInput input, IReadOnlyDictionary<int, string>? pictures)
    {
        var sayings = new List<SimSaying>();
        var parts = input.List("parts", MostParts);
        if (input.Problem is { } problem)
        {
            return new SimResult(false, null, "BAD_REQUEST", problem);
        }

        for (var place = 0; place < parts.Count; place++)
        {
            var saying = Read(parts[place], pictures is not null && pictures.TryGetValue(place, out var url) ? url : null);
            if (saying is null || saying.Refusal is not null)
            {
                return new SimResult(false, null, "BAD_REQUEST", $"part {place + 1} is not a text, picture or link: {saying?.Refusal?.Message}");
            }

            sayings.Add(saying);
        }

        return SendAll(sayings);
    }

    private SimResult SendAll(List<SimSaying> sayings)
    {
        var wechat = new SimWeChat(world, now);
        var ids = new List<string?>();
        foreach (var saying in sayings)
        {
            // In the middle: after the first part, if there are more.
            if (ids.Count == Math.Min(1, sayings.Count - 1) && robot.Suffers(SimFault.LogoutInCommand))
            {
                robot.Logout(world, "在另一台设备上登录", now);
                return Stopped("ROBOT_OFFLINE", "logged out while sending", ids);
            }

            var (message, refusal) = wechat.Say(group.Id, robot.AccountId, saying);
            if (message is null)
            {
                var failed = SimCommands.Of(refusal);
                return Stopped(failed.Code ?? "PUPPET_ERROR", failed.Message ?? "", ids);
            }

            ids.Add(message.Id);
        }

        return new SimResult(true, SimJson.Write(new { msgIds = ids }));
    }

    private static SimResult Stopped(string code, string message, List<string?> ids) =>
        new(false, ids.Count == 0 ? null : SimJson.Write(new { msgIds = ids, sentParts = ids.Count }), code, message);

    private static SimSaying? Read(JsonElement part, string? pictureUrl)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var input = new SimInput(part);
        var saying = type.GetString() switch
        {
            "text" => new SimSaying(SimMessageKind.Text, input.Text("text", SimWorld.TextMaxLength)) { MentionIds = input.Ids("mentionIds", 0, 100) },
            "image" when pictureUrl is not null => new SimSaying(SimMessageKind.Image, input.OptionalText("name") ?? "图片", pictureUrl),
            "link" => new SimSaying(SimMessageKind.Link, input.Text("title", 200), input.Text("url", 2048), input.OptionalText("description"), input.OptionalText("thumbUrl")),
            _ => null,
        };
        return input.Problem is null ? saying : null;
    }
}
