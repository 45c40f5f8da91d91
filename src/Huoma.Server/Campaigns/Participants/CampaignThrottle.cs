using System.Net;
using System.Threading.RateLimiting;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Campaigns.Participants;

/// <summary>Slows down who guesses 口令 or makes participants without end, by address. Good 口令 are counted by nobody.</summary>
internal sealed class CampaignThrottle : IDisposable
{
    public const int WrongTokens = 10;
    public const int NewParticipants = 300;

    /// <summary>So many wrong ones of a campaign within the window are no typing errors.</summary>
    public const int AlarmAt = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<IPAddress> wrong = Origins.Limit<IPAddress>(WrongTokens, Window);
    private readonly PartitionedRateLimiter<IPAddress> joins = Origins.Limit<IPAddress>(NewParticipants, Window);
    private readonly PartitionedRateLimiter<CampaignId> alarms = Origins.Limit<CampaignId>(AlarmAt, Window);

    /// <summary>Whether somebody from there may try another 口令.</summary>
    public bool MayTry(IPAddress? address)
    {
        using var lease = wrong.AttemptAcquire(Origins.Of(address), permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>A wrong 口令 from there; true when the campaign has had so many that somebody should know.</summary>
    public bool WasWrong(IPAddress? address, CampaignId campaign)
    {
        using var counted = wrong.AttemptAcquire(Origins.Of(address));
        using var lease = alarms.AttemptAcquire(campaign);
        return !lease.IsAcquired;
    }

    public bool MayJoin(IPAddress? address)
    {
        using var lease = joins.AttemptAcquire(Origins.Of(address));
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        wrong.Dispose();
        joins.Dispose();
        alarms.Dispose();
    }
}
