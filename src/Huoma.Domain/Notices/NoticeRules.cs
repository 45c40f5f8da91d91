using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;

namespace Huoma.Domain.Notices;

/// <summary>Something to tell once.</summary>
/// <param name="Key">The same as long as it is the same event, whoever looks and how often: what makes a notice unique.</param>
/// <param name="Slot">The slot it is about; null when it is about the whole code.</param>
/// <param name="HoursBefore">即将过期: the stage that was reached, 48, 24 or 2.</param>
/// <param name="LastsFor">按当前速度约 N 小时后用完.</param>
public sealed record NoticeEvent(string Key, NoticeKind Kind, WatchedSlot? Slot, int? HoursBefore, long? PlacesLeft, TimeSpan? LastsFor);

/// <summary>Which notices a code deserves at this moment. The overview's warnings (<see cref="LiveCodeWarnings"/>) decide what is wrong.</summary>
public static class NoticeRules
{
    /// <summary>即将过期: how many hours before, the last one first.</summary>
    public static readonly IReadOnlyList<int> Stages = [2, 24, 48];

    /// <summary>A picture that expired longer ago is no news; nobody is told when the program was away for so long.</summary>
    public static readonly TimeSpan ExpiredIsNews = TimeSpan.FromHours(48);

    /// <summary>A forecast is told when it is at most so far away.</summary>
    public static readonly TimeSpan ForecastWithin = TimeSpan.FromHours(6);

    /// <summary>A code is told of again only after so long, while somebody is changing its slots one by one. 已用完 is told at once.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(30);

    /// <summary>Urgent ones come at once even in 免打扰时段: visitors are being sent away, or will be within two hours.</summary>
    public static bool IsUrgent(NoticeKind kind, int? hoursBefore) => kind switch
    {
        NoticeKind.CodeExhausted or NoticeKind.SlotExpired => true,
        NoticeKind.SlotExpiring => hoursBefore <= Stages[0],
        _ => false,
    };

    /// <summary>Whether an event of this kind waits while one of the same code is younger than <see cref="Rest"/>.</summary>
    public static bool Rests(NoticeKind kind) => kind is NoticeKind.LastSlot or NoticeKind.CodeRunningOut or NoticeKind.CodeForecast;

    public static IEnumerable<NoticeEvent> Of(CodeUnderWatch code, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Slots.Count == 0)
        {
            // Just made, and its first groups are being uploaded. The overview says so; nobody need be called.
            yield break;
        }

        var states = code.Slots.Select(slot => slot.State).ToList();
        var warnings = LiveCodeWarnings.Of(LiveCodeStatus.On, states, now, code.WhenUsedUp).ToList();
        foreach (var warning in warnings)
        {
            var found = warning.Slot is { } state ? OfSlot(code.Slots.First(slot => slot.State.Id == state.Id), warning.Kind, now) : OfCode(code, warning);
            if (found is not null)
            {
                yield return found;
            }
        }

        if (code.WhenUsedUp == WhenUsedUp.BeginsAgain)
        {
            yield break;
        }

        var usable = states.Where(slot => slot.IsUsable(now)).ToList();
        var left = usable.Sum(slot => slot.PlacesLeft);
        var hasOthers = states.Count(slot => slot.Enabled) > 1;
        if (hasOthers && usable.Where(slot => slot.HasRoom).Take(2).ToList() is [var last])
        {
            yield return OfCode(code, NoticeKind.LastSlot, left) with { Slot = code.Slots.First(slot => slot.State.Id == last.Id) };
        }

        // Nearly used up is said already, and with the forecast in it.
        if (left > 0 && !warnings.Exists(warning => warning.Kind == WarningKind.CodeRunningOut) && code.Pace.LastsFor(left) <= ForecastWithin)
        {
            yield return OfCode(code, NoticeKind.CodeForecast, left);
        }
    }

    private static NoticeEvent? OfSlot(WatchedSlot slot, WarningKind kind, DateTimeOffset now)
    {
        var expiresAt = slot.State.ExpiresAt;
        // Another picture or another expiry is another event.
        var what = string.Create(CultureInfo.InvariantCulture, $"{slot.State.Id}:{slot.ImageId}:{expiresAt.ToUnixTimeMilliseconds()}");
        if (kind == WarningKind.SlotExpired)
        {
            return now - expiresAt > ExpiredIsNews ? null : new NoticeEvent($"slot-expired:{what}", NoticeKind.SlotExpired, slot, HoursBefore: null, PlacesLeft: null, LastsFor: null);
        }

        var stage = Stages.First(hours => expiresAt - now <= TimeSpan.FromHours(hours));
        return new NoticeEvent(string.Create(CultureInfo.InvariantCulture, $"slot-expiring:{stage}:{what}"), NoticeKind.SlotExpiring, slot, stage, PlacesLeft: null, LastsFor: null);
    }

    private static NoticeEvent OfCode(CodeUnderWatch code, LiveCodeWarning warning) =>
        OfCode(code, warning.Kind == WarningKind.CodeExhausted ? NoticeKind.CodeExhausted : NoticeKind.CodeRunningOut, warning.PlacesLeft ?? 0);

    private static NoticeEvent OfCode(CodeUnderWatch code, NoticeKind kind, long left) =>
        new($"{kind}:{code.Id}:{Shape(code)}", kind, Slot: null, HoursBefore: null, left, left > 0 ? code.Pace.LastsFor(left) : null);

    /// <summary>
    /// What an operator can change about the places of a code, as a short text: a raised threshold, a new group or another expiry makes
    /// another event of the same warning. Counts and time change nothing in it.
    /// </summary>
    private static string Shape(CodeUnderWatch code)
    {
        var text = new StringBuilder();
        foreach (var (state, _, _) in code.Slots)
        {
            text.Append(CultureInfo.InvariantCulture, $"{state.Id}:{state.Round}:{state.Enabled}:{state.Threshold}:{state.SeatCap}:{state.ExpiresAt.ToUnixTimeMilliseconds()};");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }
}
