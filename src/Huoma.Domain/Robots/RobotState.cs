namespace Huoma.Domain.Robots;

/// <summary>Whether an account is logged in, as the gateway says.</summary>
public enum LoginState
{
    /// <summary>Nothing was heard yet.</summary>
    Unknown = 1,
    Stopped = 2,
    Starting = 3,

    /// <summary>Waits for its QR to be scanned.</summary>
    Scanning = 4,
    Online = 5,

    /// <summary>Started, and logged out.</summary>
    Offline = 6,
}

/// <summary>How far the scan of a login QR has come.</summary>
public enum ScanStatus
{
    Waiting = 1,
    Scanned = 2,
    Confirmed = 3,
    Timeout = 4,
    Cancel = 5,
    Unknown = 6,
}

/// <summary>How a robot is doing: who serves it now (the session), and what is known of its account.</summary>
public sealed class RobotState : ITenantOwned
{
    /// <summary>A session that was not heard of for so long is over, whatever stands here: its process died.</summary>
    public static readonly TimeSpan SessionLasts = TimeSpan.FromSeconds(60);

    private RobotState()
    {
    }

    public RobotState(Robot robot)
    {
        ArgumentNullException.ThrowIfNull(robot);
        RobotId = robot.Id;
        TenantId = robot.TenantId;
    }

    public RobotId RobotId { get; private set; }

    public TenantId TenantId { get; private set; }

    /// <summary>Null: nobody serves it. Whoever finds another number here than his own is no longer the one.</summary>
    public long? SessionId { get; private set; }

    public DateTimeOffset? SessionSince { get; private set; }

    public DateTimeOffset? SeenAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? GatewayId { get; private set; }

    public string? GatewayVersion { get; private set; }

    public string? Puppet { get; private set; }

    /// <summary>Null: it is taken to know every command.</summary>
    public IReadOnlyList<string>? Capabilities { get; private set; }

    public LoginState Login { get; private set; } = LoginState.Unknown;

    public DateTimeOffset? LoginAt { get; private set; }

    /// <summary>The text of the login QR while it is to be scanned.</summary>
    public string? LoginQr { get; private set; }

    public ScanStatus? Scan { get; private set; }

    public DateTimeOffset? ScanAt { get; private set; }

    public string? AccountId { get; private set; }

    public string? AccountName { get; private set; }

    public string? Avatar { get; private set; }

    public string? LastError { get; private set; }

    public DateTimeOffset? LastErrorAt { get; private set; }

    /// <summary>The platform said it makes groups too often.</summary>
    public DateTimeOffset? CreationStoppedUntil { get; private set; }

    /// <summary>False only when the gateway said that nobody is logged in.</summary>
    public bool CanAct => Login is LoginState.Online or LoginState.Unknown;

    public bool IsConnected(DateTimeOffset now) => SessionId is not null && SeenAt + SessionLasts > now;

    /// <summary>Since when it is connected, or not; null: it never was. An end that is heard of when the session has run out already changes nothing.</summary>
    public DateTimeOffset? Since(DateTimeOffset now) => IsConnected(now) ? SessionSince
        : SeenAt is not { } seen || (EndedAt > seen && EndedAt <= seen + SessionLasts) ? EndedAt : seen;

    public void BeginSession(long sessionId, string gatewayId, string version, string puppet, DateTimeOffset now)
    {
        (SessionId, GatewayId, GatewayVersion, Puppet) = (sessionId, gatewayId, version, puppet);
        (SessionSince, SeenAt) = (now, now);
    }

    public void EndSession(DateTimeOffset now) => (SessionId, EndedAt) = (null, now);

    /// <summary>Whether its platform is known to lack it. Pictures and links need messages.</summary>
    public bool Lacks(string capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return Capabilities is { } known && (!known.Contains(capability, StringComparer.Ordinal)
            || (capability is CommandTypes.SendImage or CommandTypes.SendLink && !known.Contains(CommandTypes.Send, StringComparer.Ordinal)));
    }

    public void IsAbleTo(IReadOnlyList<string>? capabilities) => Capabilities = capabilities;

    public void Scans(string? qr, ScanStatus status, DateTimeOffset at)
    {
        Scan = status;
        ScanAt = at;
        LoginQr = status == ScanStatus.Waiting ? qr : null;
        Is(status is ScanStatus.Waiting or ScanStatus.Scanned ? LoginState.Scanning : Login, at);
    }

    public void LogsIn(string accountId, string? name, string? avatar, DateTimeOffset at)
    {
        (AccountId, AccountName, Avatar) = (accountId, name, avatar);
        EndScan();
        Is(LoginState.Online, at);
    }

    /// <summary>Contacts and groups are loaded, so somebody is logged in.</summary>
    public void IsReady(DateTimeOffset at) => Is(LoginState.Online, at);

    public void LogsOut(string? reason, DateTimeOffset at)
    {
        Is(LoginState.Offline, at);
        if (reason is not null)
        {
            Fails(reason, at);
        }
    }

    public void Fails(string message, DateTimeOffset at) => (LastError, LastErrorAt) = (message, at);

    public void Is(LoginState state, DateTimeOffset at)
    {
        if (state != Login)
        {
            (Login, LoginAt) = (state, at);
        }

        if (state is not (LoginState.Scanning or LoginState.Starting))
        {
            EndScan();
        }
    }

    /// <summary>The answer to <c>robot.status</c>.</summary>
    public void Tells(LoginState state, string? qr, string? accountId, string? name, string? avatar, DateTimeOffset now)
    {
        Is(state, now);
        if (state == LoginState.Scanning && qr is not null)
        {
            (LoginQr, Scan, ScanAt) = (qr, ScanStatus.Waiting, now);
        }

        if (accountId is not null)
        {
            var isSame = accountId == AccountId;
            (AccountId, AccountName, Avatar) = (accountId, name ?? (isSame ? AccountName : null), avatar ?? (isSame ? Avatar : null));
        }
    }

    /// <summary>What the outcome of any command says about the account.</summary>
    public void Hears(RobotCommand command, CommandOutcome outcome, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        switch (outcome)
        {
            case CommandOutcome.Again { Code: ErrorCodes.RobotOffline } when Login is LoginState.Online or LoginState.Unknown:
                Is(LoginState.Offline, now);
                break;
            case CommandOutcome.Again { Code: ErrorCodes.RobotNotStarted } when Login is LoginState.Online or LoginState.Unknown:
                Is(LoginState.Stopped, now);
                break;
            case CommandOutcome.Again { Code: ErrorCodes.RateLimited } again when command.Type == CommandTypes.CreateRoom:
                CreationStoppedUntil = again.NotBefore > CreationStoppedUntil || CreationStoppedUntil is null ? again.NotBefore : CreationStoppedUntil;
                break;
            default:
                break;
        }
    }

    private void EndScan() => (LoginQr, Scan, ScanAt) = (null, null, null);
}
