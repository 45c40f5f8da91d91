namespace Huoma.Domain.Robots;

/// <summary>What platforms look at separately.</summary>
public enum Pace
{
    /// <summary>Reading and renaming: as fast as it comes.</summary>
    Free = 1,
    Create = 2,
    Message = 3,

    /// <summary>Members removed or added.</summary>
    Member = 4,
}

/// <summary>A command that was sent, as pacing remembers it.</summary>
/// <param name="HasEffect">Of a new group: whether it counts, that is, whether there may be a group.</param>
public sealed record SentCommand(string Type, int Weight, DateTimeOffset At, bool HasEffect);

/// <summary>A command in the queue, as pacing sees it.</summary>
public sealed record WaitingCommand(RobotCommandId Id, string Type, int Weight, DateTimeOffset NotBefore, DateTimeOffset Deadline, string? ErrorCode);

/// <summary>What a robot may be told at this moment.</summary>
/// <param name="CanAct">Somebody is logged in, or nobody knows better.</param>
/// <param name="Room">How many commands more may be under way.</param>
public sealed record RobotReadiness(bool Enabled, bool CanAct, DateTimeOffset? CreationStoppedUntil, int Room);

/// <summary>
/// When a robot may be told what: commands of one pace keep their order and their distance, those of another do not wait for them. The gateway
/// paces as well; this keeps what waits here, where people see it, and keeps two gateways from adding up.
/// </summary>
public static class RobotPacing
{
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>More of one pace no limit asks for.</summary>
    public const int MostRemembered = 1_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>@所有人 reaches everybody; so it is rarer than other messages.</summary>
    private static readonly TimeSpan AnnouncementSpacing = TimeSpan.FromSeconds(10);

    public static Pace Of(string type) => type switch
    {
        CommandTypes.CreateRoom => Pace.Create,
        CommandTypes.Send or CommandTypes.Announce => Pace.Message,
        CommandTypes.Kick or CommandTypes.Add => Pace.Member,
        _ => Pace.Free,
    };

    public static IReadOnlyList<string> TypesOf(Pace pace) => pace switch
    {
        Pace.Create => [CommandTypes.CreateRoom],
        Pace.Message => [CommandTypes.Send, CommandTypes.Announce],
        Pace.Member => [CommandTypes.Kick, CommandTypes.Add],
        _ => [],
    };

    /// <summary>From when on one more command may go.</summary>
    /// <param name="sent">Of the same pace, in any order: of new groups a day, of the others at least a minute.</param>
    public static DateTimeOffset FreeAt(string type, int weight, IReadOnlyCollection<SentCommand> sent, RobotLimits limits)
    {
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(limits);
        var free = sent.Select(one => one.At + SpacingAfter(one, limits)).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        return Of(type) switch
        {
            Pace.Create => Later(free, RoomAt(sent.Where(one => one.HasEffect), 1, limits.GroupsPerDay, Day)),
            Pace.Message => Later(free, RoomAt(sent, Math.Min(weight, limits.MessagesPerMinute), limits.MessagesPerMinute, Minute)),
            _ => free,
        };
    }

    /// <summary>What is to be sent now, in this order.</summary>
    /// <param name="queue">In the order of the queue.</param>
    /// <param name="sent">See <see cref="FreeAt"/>; of all paces.</param>
    public static IReadOnlyList<RobotCommandId> Next(
        IEnumerable<WaitingCommand> queue, IEnumerable<SentCommand> sent, RobotLimits limits, RobotReadiness readiness, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(readiness);
        var byPace = sent.GroupBy(one => Of(one.Type)).ToDictionary(group => group.Key, group => group.ToList());
        var held = new HashSet<Pace>();
        if (readiness.CreationStoppedUntil > now)
        {
            held.Add(Pace.Create);
        }

        var chosen = new List<RobotCommandId>();
        foreach (var command in queue)
        {
            if (chosen.Count >= readiness.Room)
            {
                break;
            }

            var pace = Of(command.Type);
            if (command.NotBefore > now)
            {
                // Too often is too often for all of its pace. What is planned for later holds up nobody.
                if (command.ErrorCode == ErrorCodes.RateLimited)
                {
                    held.Add(pace);
                }

                continue;
            }

            if (command.Deadline <= now || !MayBeTold(command.Type, readiness) || (pace != Pace.Free && held.Contains(pace)))
            {
                continue;
            }

            if (pace != Pace.Free)
            {
                var before = byPace.TryGetValue(pace, out var known) ? known : byPace[pace] = [];
                if (FreeAt(command.Type, command.Weight, before, limits) > now)
                {
                    held.Add(pace);
                    continue;
                }

                before.Add(new SentCommand(command.Type, command.Weight, now, HasEffect: true));
            }

            chosen.Add(command.Id);
        }

        return chosen;
    }

    private static bool MayBeTold(string type, RobotReadiness readiness) =>
        (readiness.Enabled || CommandTypes.IsForDisabled(type)) && (readiness.CanAct || CommandTypes.IsAboutAccount(type));

    private static TimeSpan SpacingAfter(SentCommand sent, RobotLimits limits) => Of(sent.Type) switch
    {
        Pace.Create => TimeSpan.FromSeconds(limits.CreateSpacingSeconds),
        Pace.Message when sent.Type == CommandTypes.Announce => Later(AnnouncementSpacing, TimeSpan.FromSeconds(limits.MessageSpacingSeconds)),
        Pace.Message => TimeSpan.FromSeconds(limits.MessageSpacingSeconds) * sent.Weight,
        Pace.Member => TimeSpan.FromSeconds(limits.KickSpacingSeconds) * sent.Weight,
        _ => TimeSpan.Zero,
    };

    /// <summary>From when on <paramref name="weight"/> more fit into any <paramref name="window"/> of at most <paramref name="most"/>.</summary>
    private static DateTimeOffset RoomAt(IEnumerable<SentCommand> sent, int weight, int most, TimeSpan window)
    {
        if (weight > most)
        {
            return DateTimeOffset.MaxValue;
        }

        var total = weight;
        foreach (var one in sent.OrderByDescending(one => one.At))
        {
            total += one.Type == CommandTypes.CreateRoom ? 1 : one.Weight;
            if (total > most)
            {
                return one.At + window;
            }
        }

        return DateTimeOffset.MinValue;
    }

    private static T Later<T>(T one, T other)
        where T : IComparable<T> => one.CompareTo(other) >= 0 ? one : other;
}
