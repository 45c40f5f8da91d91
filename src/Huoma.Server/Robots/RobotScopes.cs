using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots;

/// <summary>A scope of a robot's tenant, for what happens without a request.</summary>
internal sealed class RobotScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public IServiceProvider Services => scope.ServiceProvider;

    public HuomaDb Db { get; } = scope.ServiceProvider.GetRequiredService<HuomaDb>();

    public RobotOutbox Outbox => Services.GetRequiredService<RobotOutbox>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

internal sealed class RobotScopes(IServiceScopeFactory scopes)
{
    private const string Actor = "机器人";

    public RobotScope Of(TenantId tenantId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(tenantId);
        scope.ServiceProvider.GetRequiredService<CurrentActor>().IsMachine(Actor);
        return new RobotScope(scope);
    }
}
