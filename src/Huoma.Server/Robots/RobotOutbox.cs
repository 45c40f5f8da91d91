using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.Robots;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots;

/// <summary>
/// What robots are told to do. A command is added to the caller's <see cref="HuomaDb"/> and goes out after he has saved it: with his change, or
/// not at all. Its result comes to <see cref="IRobotListener.OnResultAsync"/>.
/// </summary>
internal sealed class RobotOutbox(HuomaDb db, CurrentTenant tenant, RobotBells bells, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };

    private readonly HashSet<RobotId> told = [];
    private int place;

    /// <param name="type">See <see cref="CommandTypes"/>.</param>
    /// <param name="data">Written as JSON in camelCase; see <c>docs/robot-gateway.md</c> for what each type takes.</param>
    /// <param name="purpose">Whose it is and what for, as <c>groups.create</c>.</param>
    /// <param name="subject">What it is about: the number inside an id of the caller; 0 for none.</param>
    /// <param name="within">So long after <paramref name="notBefore"/> (or from now) it may be begun; allow for the robot's pace and for its being offline.</param>
    public RobotCommand Send(RobotId robotId, string type, object data, string purpose, long subject, TimeSpan within, DateTimeOffset? notBefore = null)
    {
        var now = time.GetUtcNow();
        var from = notBefore > now ? notBefore.Value : now;
        var json = JsonSerializer.SerializeToElement(data, data.GetType(), Json);
        var command = new RobotCommand(NewId.Of<RobotCommand>(), tenant.Id, robotId, type, json.GetRawText(), purpose, subject);
        command.Waits(now, place++, WeightOf(type, json), from, from + within);
        db.RobotCommands.Add(command);
        if (told.Add(robotId))
        {
            db.SavedChanges += (_, _) => bells.Ring(robotId);
        }

        return command;
    }

    private static int WeightOf(string type, JsonElement data) => type switch
    {
        CommandTypes.Send when data.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array => Math.Max(1, parts.GetArrayLength()),
        CommandTypes.Kick or CommandTypes.Add when data.TryGetProperty("memberIds", out var ids) && ids.ValueKind == JsonValueKind.Array =>
            Math.Max(1, ids.GetArrayLength()),
        _ => 1,
    };
}
