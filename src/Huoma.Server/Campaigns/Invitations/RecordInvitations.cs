using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Attribution;
using Huoma.Server.Campaigns.Identity;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Campaigns.Privacy;
using Huoma.Server.LiveCodes;
using Huoma.Server.OfficialAccount.Identities;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Invitations;

/// <summary>
/// Records who opened whose invitation: at once what this process was told of, and once a minute what the log of visits has besides, should
/// somebody have been killed in between. Twice the same changes nothing (ADR 0020).
/// </summary>
internal sealed class RecordInvitations(InvitationCatalog invitations, InvitationStore store, IServiceScopeFactory scopes, TimeProvider time) : IRungJob
{
    private const int AtOnce = 500;
    private const int LogAtOnce = 20_000;

    /// <summary>The log is read so often; what another process commits late is there by the next time.</summary>
    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromMinutes(1);

    private long caughtUpAt;
    private long readBefore;

    public Bell Bell => invitations.Bell;

    public async Task RunAsync(CancellationToken ct)
    {
        while (invitations.TakeOpened(AtOnce) is { Count: > 0 } opened)
        {
            await RecordAsync(opened, ct);
        }

        if (caughtUpAt == 0 || time.GetElapsedTime(caughtUpAt) >= CatchUpEvery)
        {
            await CatchUpAsync(ct);
            caughtUpAt = time.GetTimestamp();
        }
    }

    /// <summary>Reads the log from where it was read to the time before last: numbers are given before they are committed, and not in order.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        var until = await store.ReadUntilAsync(ct);
        var from = until;
        while (true)
        {
            var (missed, last) = await store.MissedAsync(from, LogAtOnce, ct);
            await RecordAsync(missed, ct);
            if (last == 0)
            {
                break;
            }

            from = last;
        }

        await store.SetReadUntilAsync(readBefore, ct);
        readBefore = from;
    }

    private async Task RecordAsync(IReadOnlyList<OpenedInvitation> opened, CancellationToken ct)
    {
        var recorded = new List<Invitee>();
        foreach (var seen in opened)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
            if (await db.Participants.AsNoTracking().IgnoreQueryFilters().SingleOrDefaultAsync(row => row.Id == seen.Inviter, ct) is not { } named)
            {
                continue;
            }

            // Of people, not of cookies: he or his inviter may have signed in to WeChat meanwhile.
            var inviter = await scope.ServiceProvider.GetRequiredService<ParticipantStore>().StandingAsync(named, ct);
            var identities = scope.ServiceProvider.GetRequiredService<IdentityStore>();
            var one = seen with { Inviter = inviter.Id, VisitorId = await identities.PersonOfAsync(seen.VisitorId, ct) };
            if (inviter.RemovedAt is not null || await IsRecordedAsync(db, one, ct)
                || await scope.ServiceProvider.GetRequiredService<RemovalStore>().IsForgottenAsync(inviter.CampaignId, seen.VisitorId, seen.At, ct))
            {
                continue;
            }

            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(inviter.TenantId);
            var campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == inviter.CampaignId, ct);
            if (await AddAsync(db, campaign, inviter, one, ct) is { State: InviteeState.Pending } invitee)
            {
                await TidyAsync(scope.ServiceProvider, seen, one, campaign.Id, ct);
                recorded.Add(invitee);
            }
        }

        foreach (var some in recorded.GroupBy(invitee => (invitee.TenantId, invitee.LiveCodeId, invitee.CampaignId)))
        {
            await LookBackAsync(some.Key.TenantId, some.Key.LiveCodeId, some.Key.CampaignId, [.. some], ct);
        }
    }

    /// <summary>Perhaps they have joined, or said a 口令, by now. The code is locked, so that what robots are telling at this moment is either there or waits.</summary>
    private async Task LookBackAsync(TenantId tenant, LiveCodeId code, CampaignId campaignId, IReadOnlyList<Invitee> recorded, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(tenant);
        var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LiveCodeEdit.LockAsync(db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]), [code], ct);
        var campaign = await db.Campaigns.AsNoTracking().SingleAsync(row => row.Id == campaignId, ct);
        await scope.ServiceProvider.GetRequiredService<JoinAttribution>().LookBackAsync(campaign, recorded, ct);
        await scope.ServiceProvider.GetRequiredService<SaidTokens>().SettleAsync([.. recorded.Select(invitee => invitee.InviterId).Distinct()], ct);
        await transaction.CommitAsync(ct);
    }

    // One of the two signed in while this was recorded: what was merged then did not know of it yet.
    private static async Task TidyAsync(IServiceProvider services, OpenedInvitation seen, OpenedInvitation recorded, CampaignId campaign, CancellationToken ct)
    {
        var (db, identities) = (services.GetRequiredService<HuomaDb>(), services.GetRequiredService<IdentityStore>());
        var inviter = await db.Participants.AsNoTracking().SingleAsync(row => row.Id == recorded.Inviter, ct);
        var friend = await identities.PersonOfAsync(seen.VisitorId, ct);
        if (inviter.MergedInto is null && friend == recorded.VisitorId)
        {
            return;
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var person in new[] { friend, await identities.PersonOfAsync(inviter.VisitorId, ct) }.Distinct())
        {
            await services.GetRequiredService<MergeParticipations>().OfAsync(await identities.CookiesOfAsync(person, ct), campaign, ct);
        }

        await transaction.CommitAsync(ct);
    }

    // Two processes at once: who comes second finds the first one's row, and is somebody else's friend or recorded already.
    private async Task<Invitee?> AddAsync(HuomaDb db, FissionCampaign campaign, Participant inviter, OpenedInvitation opened, CancellationToken ct)
    {
        while (true)
        {
            var reason = InviteRules.Of(await store.TouchAsync(inviter, opened, ct), campaign.StatusAt(opened.At));
            var invitee = new Invitee(NewId.Of<Invitee>(), inviter, opened.VisitorId, opened.At, reason);
            db.Invitees.Add(invitee);
            try
            {
                await db.SaveChangesAsync(ct);
                return invitee;
            }
            catch (DbUpdateException exception) when (exception.IsDuplicate())
            {
                db.ChangeTracker.Clear();
                if (await IsRecordedAsync(db, opened, ct))
                {
                    return null;
                }
            }
        }
    }

    private static Task<bool> IsRecordedAsync(HuomaDb db, OpenedInvitation opened, CancellationToken ct) =>
        db.Invitees.IgnoreQueryFilters().AnyAsync(row => row.InviterId == opened.Inviter && row.VisitorId == opened.VisitorId, ct);
}
