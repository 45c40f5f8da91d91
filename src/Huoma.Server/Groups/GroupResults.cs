using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Robots;
using Huoma.Server.Groups.Blacklists;
using Huoma.Server.Groups.Rules;
using Huoma.Server.Imaging;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Quota;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>What became of what a robot was told about a group.</summary>
internal sealed class GroupResults(
    HuomaDb db, GroupCommands commands, GroupMembership membership, BlacklistGuard guard, GreetNewcomers greeting, QuotaLedger ledger, ImageStore images, TimeProvider time)
{
    /// <summary>Pixels of a group's QR on the visitor's page, sharp on every phone.</summary>
    private const int QrSize = 640;

    private static readonly TimeSpan QrLifetime = TimeSpan.FromDays(7);

    public Task TakeAsync(GroupPlace place, RobotCommand command, CancellationToken ct) => command.Purpose switch
    {
        GroupCommands.Create => CreatedAsync(place, command, ct),
        GroupCommands.Find => FoundAsync(place, command, ct),
        GroupCommands.FetchQr => QrAsync(place, command, ct),
        GroupCommands.Compare => ComparedAsync(place, command, ct),
        GroupCommands.Rename => RenamedAsync(place, command),
        GroupCommands.Kick => KickedAsync(place, command, ct),
        _ => Task.CompletedTask,
    };

    private async Task CreatedAsync(GroupPlace place, RobotCommand command, CancellationToken ct)
    {
        if (place.Group.Stage != GroupStage.Creating)
        {
            return;
        }

        switch (command.State)
        {
            case CommandState.Done when RoomNews.Read<RoomNews.Created>(command.Result) is { RoomId: { Length: > 0 } roomId } created:
                await MadeAsync(place, roomId, created.NameApplied != false, ct);
                break;
            case CommandState.Done or CommandState.Unknown:
                place.Group.IsUnknown();
                commands.SendFind(place.Group);
                break;
            default:
                place.Group.Fails(GroupTexts.FailureOf(command), time.GetUtcNow());
                break;
        }
    }

    /// <summary>Charged now and never again, for it was made (D27).</summary>
    private async Task MadeAsync(GroupPlace place, string roomId, bool isNamed, CancellationToken ct)
    {
        var group = place.Group;
        group.IsMade(roomId, isNamed);
        await ledger.ChargeAsync(group.Id, group.TenantId, group.Name, ct);
        if (!isNamed)
        {
            commands.SendRename(group);
        }

        commands.SendFetchQr(group);
        commands.SendCompare(group);
    }

    private async Task FoundAsync(GroupPlace place, RobotCommand command, CancellationToken ct)
    {
        if (place.Group.Stage != GroupStage.Unknown)
        {
            return;
        }

        if (command.State != CommandState.Done || RoomNews.Read<RoomNews.RoomList>(command.Result)?.Rooms is not { } rooms)
        {
            place.Group.Fails(GroupTexts.Untold, time.GetUtcNow());
            return;
        }

        var taken = await db.Groups.Where(group => group.RobotId == place.Group.RobotId && group.RoomId != null).Select(group => group.RoomId).ToListAsync(ct);
        var mine = rooms.OfType<RoomNews.Room>().Where(room => room.Name == place.Group.Name && room.RoomId is not null && !taken.Contains(room.RoomId)).ToList();
        if (mine is [{ RoomId: { } roomId }])
        {
            await MadeAsync(place, roomId, isNamed: true, ct);
        }
        else
        {
            place.Group.Fails(mine.Count == 0 ? GroupTexts.NotFound : GroupTexts.FoundSeveral, time.GetUtcNow());
        }
    }

    private async Task QrAsync(GroupPlace place, RobotCommand command, CancellationToken ct)
    {
        if (command.State != CommandState.Done || RoomNews.Read<RoomNews.RoomQr>(command.Result) is not { Qr: { Length: > 0 } text } qr)
        {
            Missed(place, command);
            return;
        }

        var now = time.GetUtcNow();
        var issuedAt = qr.IssuedAt ?? now;
        var expiresAt = qr.IsPermanent ? Slot.Never : qr.ExpiresAt ?? (issuedAt + QrLifetime);
        if (expiresAt <= now)
        {
            // It ran out on its way; the plan asks for another.
            return;
        }

        if (place.Group.Stage != GroupStage.Made)
        {
            // Removed or dissolved while it was on its way.
            return;
        }

        // Drawn here, so there is nothing to check: searching it for its QR would hold the transaction up, and on SQLite every visit with it.
        var image = await images.KeepAsync(QrPicture.Picture(text, QrSize), ct);
        var slot = place.Slot ?? GroupSlots.Add(db, place.LiveCode, place.Group.Number, place.Group.Name, now);
        slot.LastsUntil(expiresAt, now);
        slot.Takes(image.Id, newGroup: false, overrideReason: null);
        slot.HasRoomFor(place.Group.Room);
        place.Group.Shows(slot.Id, issuedAt, expiresAt);
        place.LiveCode.SlotsChanged();
    }

    private async Task ComparedAsync(GroupPlace place, RobotCommand command, CancellationToken ct)
    {
        if (command.State == CommandState.Done && command.SentAt is { } askedAt && RoomNews.Read<RoomNews.Snapshot>(command.Result) is { } snapshot)
        {
            var news = await membership.CompareAsync(place, snapshot, askedAt, ct);
            await db.SaveChangesAsync(ct);
            await guard.ExpelAsync(place.LiveCode, ct);
            await greeting.FoundAsync(place, news.Joined, ct);
            return;
        }

        Missed(place, command);
    }

    private static Task RenamedAsync(GroupPlace place, RobotCommand command)
    {
        if (command.State == CommandState.Done)
        {
            place.Group.IsCalled(place.Group.Name);
        }

        Missed(place, command);
        return Task.CompletedTask;
    }

    private async Task KickedAsync(GroupPlace place, RobotCommand command, CancellationToken ct)
    {
        var gone = (RoomNews.Read<RoomNews.Kicked>(command.Result)?.Results ?? []).OfType<RoomNews.KickedMember>()
            .Where(member => member.Ok || member.Code == ErrorCodes.NotMember).Select(member => member.Id).OfType<string>().ToList();
        await membership.KickedAsync(place, gone, command.DoneAt ?? time.GetUtcNow(), ct);
        await guard.KickedAsync(place.LiveCode, gone, ct);
        Missed(place, command);
    }

    /// <summary>A group the robot is no longer in shows no QR.</summary>
    private static void Missed(GroupPlace place, RobotCommand command)
    {
        if (command is { State: CommandState.Failed, ErrorCode: ErrorCodes.RoomNotFound } && place.Group.Stage == GroupStage.Made)
        {
            place.Group.IsDismissed();
            place.Slot?.Enable(false);
            place.LiveCode.SlotsChanged();
        }
    }
}
