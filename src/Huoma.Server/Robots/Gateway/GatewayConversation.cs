using System.Threading.Channels;
using Huoma.Domain.Robots;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Robots.Gateway;

/// <summary>
/// One connection from its hello to its end: what arrives is stored in batches and acknowledged, what the outbox holds is sent. It ends by
/// itself, by the other side, by a newer session, or with the program; what was taken in by then is stored before it does.
/// </summary>
internal sealed class GatewayConversation(
    SessionStore sessions, GatewayIntake intake, CommandDispatch dispatch, RobotBells bells, IOptions<RobotsOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<GatewayConversation> log)
{
    /// <summary>More is not read from the connection before these are stored: they may be large.</summary>
    private const int MaxWaiting = 64;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public async Task HoldAsync(GatewaySocket socket, KnownRobot robot, string gatewayId, CancellationToken aborted)
    {
        var goodbye = Goodbye.Failed;
        try
        {
            var (session, refused) = await GreetAsync(socket, robot, gatewayId, aborted);
            if (session is null)
            {
                goodbye = refused ?? Goodbye.Done;
                return;
            }

            log.SessionBegan(robot.Id, session.Id, gatewayId);
            try
            {
                goodbye = await TalkAsync(socket, session, aborted);
            }
            finally
            {
                await sessions.EndAsync(session);
                log.SessionEnded(robot.Id, session.Id, goodbye.Code, goodbye.Reason);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.IntakeFailed(robot.Id, exception);
        }
        finally
        {
            await socket.PartAsync(goodbye, time);
        }
    }

    private async Task<(GatewaySession? Session, Goodbye? Refused)> GreetAsync(GatewaySocket socket, KnownRobot robot, string gatewayId, CancellationToken aborted)
    {
        Arrival arrival;
        try
        {
            arrival = await socket.ReceiveAsync(aborted).WaitAsync(TimeSpan.FromSeconds(options.Value.HelloSeconds), time, lifetime.ApplicationStopping);
        }
        catch (TimeoutException)
        {
            return (null, Goodbye.NotThisProtocol("no hello in time"));
        }
        catch (OperationCanceledException)
        {
            return (null, Goodbye.Stopping);
        }

        if (arrival.Content is not { } content)
        {
            return (null, arrival.Goodbye);
        }

        return GatewayMessage.Read(content) switch
        {
            GatewayMessage.Hello hello when hello.GatewayId != gatewayId => (null, Goodbye.NotThisProtocol("gatewayId is not X-Gateway-Id")),
            GatewayMessage.Hello hello when hello.Robots.Any(id => id != robot.Id.ToString()) => (null, Goodbye.ForeignRobot),
            GatewayMessage.Hello hello => await BeginAsync(socket, robot, hello, aborted),
            GatewayMessage.OtherVersion => (null, Goodbye.OtherVersion),
            GatewayMessage.Malformed malformed => (null, Goodbye.NotThisProtocol(malformed.Reason)),
            _ => (null, Goodbye.NotThisProtocol("hello comes first")),
        };
    }

    private async Task<(GatewaySession? Session, Goodbye? Refused)> BeginAsync(
        GatewaySocket socket, KnownRobot robot, GatewayMessage.Hello hello, CancellationToken aborted)
    {
        if (await sessions.BeginAsync(robot, hello, aborted) is not { } session)
        {
            return (null, Goodbye.TokenVoid);
        }

        await socket.SendAsync(GatewayJson.Welcome(session.Id, time.GetUtcNow()), aborted);
        return (session, null);
    }

    private async Task<Goodbye> TalkAsync(GatewaySocket socket, GatewaySession session, CancellationToken aborted)
    {
        var arrived = Channel.CreateBounded<GatewayMessage>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
        using var ending = new Ending(arrived.Writer);
        await using var stopping = lifetime.ApplicationStopping.Register(() => ending.Because(Goodbye.Stopping));
        _ = ReadAsync(socket, arrived.Writer, ending, aborted);
        var telling = TellAsync(socket, session, ending, aborted);
        try
        {
            await StoreAsync(socket, session, arrived.Reader, ending);
        }
        catch (Exception exception)
        {
            log.IntakeFailed(session.Robot.Id, exception);
            ending.Because(Goodbye.Failed);
        }

        await telling;
        return ending.Reason;
    }

    /// <summary>Until the other side ends it, or we do: what arrives then is not acknowledged, and comes again.</summary>
    private async Task ReadAsync(GatewaySocket socket, ChannelWriter<GatewayMessage> arrived, Ending ending, CancellationToken aborted)
    {
        try
        {
            while (!ending.IsOver)
            {
                var arrival = await socket.ReceiveAsync(aborted);
                if (arrival.Content is not { } content)
                {
                    ending.Because(arrival.Goodbye ?? Goodbye.Done);
                    return;
                }

                var message = GatewayMessage.Read(content);
                if (IsWrong(message) is { } goodbye)
                {
                    ending.Because(goodbye);
                }
                else if (message is not GatewayMessage.Ignored)
                {
                    await arrived.WriteAsync(message, CancellationToken.None);
                }
            }
        }
        catch (ChannelClosedException)
        {
            // We are saying goodbye.
        }
        catch (Exception exception)
        {
            log.ReadingFailed(exception);
            ending.Because(Goodbye.Failed);
        }
    }

    private static Goodbye? IsWrong(GatewayMessage message) => message switch
    {
        GatewayMessage.Malformed malformed => Goodbye.NotThisProtocol(malformed.Reason),
        GatewayMessage.OtherVersion => Goodbye.OtherVersion,
        GatewayMessage.Hello => Goodbye.NotThisProtocol("hello comes once"),
        _ => null,
    };

    /// <summary>Stores what arrived and acknowledges it, until nothing more can.</summary>
    private async Task StoreAsync(GatewaySocket socket, GatewaySession session, ChannelReader<GatewayMessage> arrived, Ending ending)
    {
        var batch = new List<GatewayMessage>(MaxWaiting);
        var acknowledged = 0L;
        while (await arrived.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MaxWaiting && arrived.TryRead(out var message))
            {
                batch.Add(message);
            }

            // What was taken in is stored, whoever has left.
            if (!await intake.StoreAsync(session, batch, CancellationToken.None))
            {
                ending.Because(Goodbye.Replaced);
                return;
            }

            var events = batch.OfType<GatewayMessage.Event>().ToList();
            if (events.Count > 0)
            {
                acknowledged = Math.Max(acknowledged, events.Max(happened => happened.Seq));
                await socket.SendAsync(GatewayJson.Ack(acknowledged), CancellationToken.None);
            }
        }
    }

    /// <summary>Sends what is to be sent, and notices when the session is not the one any more.</summary>
    private async Task TellAsync(GatewaySocket socket, GatewaySession session, Ending ending, CancellationToken aborted)
    {
        var bell = bells.Hang(session.Robot.Id);
        var isFirst = true;
        var failures = 0;
        try
        {
            while (!ending.IsOver)
            {
                try
                {
                    await TellWhatIsDueAsync(socket, session, isFirst, ending, aborted);
                    (isFirst, failures) = (false, 0);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Said once, not every second.
                    if (failures++ == 0)
                    {
                        log.DispatchFailed(session.Robot.Id, exception);
                    }
                }

                await bell.WaitAsync(LookEvery, time, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
        finally
        {
            bells.Take(bell);
        }
    }

    private async Task TellWhatIsDueAsync(GatewaySocket socket, GatewaySession session, bool isFirst, Ending ending, CancellationToken aborted)
    {
        if (isFirst)
        {
            await SendAsync(socket, await dispatch.UnansweredAsync(session, ending.Token), aborted);
        }

        var next = await dispatch.NextAsync(session, ending.Token);
        await SendAsync(socket, next.Commands, aborted);
        if (next.Goodbye is { } goodbye)
        {
            ending.Because(goodbye);
        }
    }

    private static async Task SendAsync(GatewaySocket socket, IReadOnlyList<RobotCommand> commands, CancellationToken aborted)
    {
        foreach (var command in commands)
        {
            await socket.SendAsync(GatewayJson.Command(command, socket.Origin), aborted);
        }
    }

    /// <summary>Why a conversation ends: the first reason stands. Nothing more is taken in then.</summary>
    private sealed class Ending : IDisposable
    {
        private readonly ChannelWriter<GatewayMessage> arrived;
        private readonly CancellationTokenSource over = new();
        private Goodbye? reason;

        public Ending(ChannelWriter<GatewayMessage> arrived)
        {
            this.arrived = arrived;
            Token = over.Token;
        }

        public CancellationToken Token { get; }

        public bool IsOver => Token.IsCancellationRequested;

        public Goodbye Reason => reason ?? Goodbye.Done;

        public void Because(Goodbye goodbye)
        {
            if (Interlocked.CompareExchange(ref reason, goodbye, null) is null)
            {
                arrived.TryComplete();
                over.Cancel();
            }
        }

        public void Dispose() => over.Dispose();
    }
}
