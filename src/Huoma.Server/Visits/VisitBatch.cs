using Huoma.Domain.Visits;

namespace Huoma.Server.Visits;

/// <summary>A live code as the store loaded it for a batch.</summary>
internal sealed record LoadedCode(TenantId TenantId, long Version, LiveCodeVisits Visits);

/// <summary>The visits of one transaction: what has to be loaded for them, and the decisions in the order of arrival.</summary>
internal sealed class VisitBatch(IReadOnlyList<VisitCommand> commands)
{
    private readonly VisitAnswer[] answers = new VisitAnswer[commands.Count];

    public Dictionary<LiveCodeId, LoadedCode> Codes { get; } = [];

    /// <summary>Ascending, so that every process locks in the same order.</summary>
    public IReadOnlyList<LiveCodeId> CodeIds { get; } = [.. commands.Select(command => command.LiveCodeId).Distinct().OrderBy(id => id.Value)];

    /// <summary>Visitors whose earlier visits matter for the decision.</summary>
    public IReadOnlyList<(long VisitorId, LiveCodeId LiveCodeId)> KnownVisitors { get; } =
        [.. commands.Where(command => !command.IsNewVisitor).Select(command => (command.VisitorId, command.LiveCodeId)).Distinct()];

    public IReadOnlyList<VisitCommand> Presses { get; } = [.. commands.Where(command => command.Verb == VisitVerb.Press)];

    /// <summary>Decides everything on what was loaded. To be called once, between loading and saving.</summary>
    public void Decide(Moment moment)
    {
        for (var at = 0; at < commands.Count; at++)
        {
            var command = commands[at];
            answers[at] = Codes.TryGetValue(command.LiveCodeId, out var code) ? Decide(command, code, moment) : default;
        }
    }

    /// <summary>To be called after the commit.</summary>
    public void Complete()
    {
        for (var at = 0; at < commands.Count; at++)
        {
            commands[at].Complete(answers[at]);
        }
    }

    public void Fail(Exception exception)
    {
        foreach (var command in commands)
        {
            command.Fail(exception);
        }
    }

    private static VisitAnswer Decide(VisitCommand command, LoadedCode code, Moment moment)
    {
        var visits = code.Visits;
        var outcome = command.Verb switch
        {
            VisitVerb.Scan => visits.Scan(command.VisitorId, command.ChannelId, command.Client, moment),
            VisitVerb.Enter => visits.Enter(command.VisitorId, command.ChannelId, command.Client, moment),
            VisitVerb.PeekScan => visits.Peek(entered: false, moment),
            VisitVerb.PeekEnter => visits.Peek(entered: true, moment),
            _ => null,
        };
        var press = command.Verb == VisitVerb.Press
            ? visits.Press(new Press(command.VisitorId, command.SlotId, command.Round, command.ChannelId, command.PressId, moment.Now), moment)
            : default;
        return new VisitAnswer(outcome, press, code.Version);
    }
}
