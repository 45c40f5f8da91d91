using System.Globalization;
using System.Text.Json;
using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Domain.Robots;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Robots;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>What robots hear, as far as it is about invited friends. Registered after the groups' reactions, whose lists of members it reads.</summary>
internal sealed class CampaignReactions(JoinAttribution attribution, SaidTokens said) : IRobotListener
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task OnEventAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct)
    {
        switch (robotEvent.Type)
        {
            case EventTypes.MemberJoined or EventTypes.MemberLeft when await GroupAsync(robotEvent, db, ct) is { } group:
                await LookAsync(group, EntrancesIn(robotEvent.Data), AtOf(robotEvent), db, ct);
                break;
            case EventTypes.Message when TextOf(robotEvent.Data, "text") is { } text && InviteToken.FindAll(text) is { Count: > 0 } tokens
                && TextOf(robotEvent.Data, "senderId") is { } sender && await GroupAsync(robotEvent, db, ct) is { } group:
                await LiveCodeEdit.LockAsync(db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]), [group.LiveCodeId], ct);
                await said.HearAsync(group, sender, tokens, robotEvent.At, ct);
                break;
            default:
                break;
        }
    }

    /// <summary>A list of members was read, or somebody was removed.</summary>
    public async Task OnResultAsync(RobotCommand command, HuomaDb db, CancellationToken ct)
    {
        var id = new GroupId(command.Subject);
        if (command.Type is CommandTypes.Members or CommandTypes.Kick && await db.Groups.SingleOrDefaultAsync(row => row.Id == id, ct) is { } group)
        {
            await LookAsync(group, Nothing, command.SentAt ?? command.CreatedAt, db, ct);
        }
    }

    private async Task LookAsync(Group group, IReadOnlyDictionary<string, string> entrances, DateTimeOffset at, HuomaDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        var seen = await attribution.LookAtAsync(group, entrances, at, ct);
        await said.SettleAsync(group.LiveCodeId, seen, ct);
    }

    /// <summary>When the platform says it happened; the gateway may have learnt of it later.</summary>
    private static DateTimeOffset AtOf(RobotEvent robotEvent) =>
        TextOf(robotEvent.Data, "at") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) && at < robotEvent.At ? at : robotEvent.At;

    private static async Task<Group?> GroupAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct) => TextOf(robotEvent.Data, "roomId") is { } room
        ? await db.Groups.SingleOrDefaultAsync(row => row.RobotId == robotEvent.RobotId && row.RoomId == room, ct)
        : null;

    /// <summary>Members with a <c>state</c>: the key of the invitation they joined by, on platforms that carry it.</summary>
    private static IReadOnlyDictionary<string, string> EntrancesIn(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("members", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return Nothing;
        }

        var entrances = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in list.EnumerateArray())
        {
            if (TextOf(member, "id") is { } id && TextOf(member, "state") is { Length: Participant.KeyLength } key)
            {
                entrances[id] = key;
            }
        }

        return entrances;
    }

    private static string? TextOf(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
