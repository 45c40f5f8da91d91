using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Platform;

public sealed class HealthTests
{
    [Theory, BothStores]
    public async Task Ready_IsOk_WhenStarted(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);

        var answer = await app.Console().GetStringAsync("/healthz/ready", TestContext.Current.CancellationToken);

        answer.ShouldBe("ok");
    }
}
