using Huoma.Server.Groups;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Quota;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Huoma.Server.Tests.Robots;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Groups;

/// <summary>剩余自动建群数量 is never below 0, whoever asks at once (D27).</summary>
public sealed class QuotaRaceTests
{
    private static readonly Dictionary<string, string?> Seldom = new(StringComparer.Ordinal) { ["Huoma:Groups:LookSeconds"] = "600" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task LastGroup_GoesToOneOfTwoCodes_AskedForByTwoProcesses(Store store)
    {
        const int rounds = 8;
        await using var one = await HuomaApp.StartAsync(store, Seldom);
        await using var other = one.StartAnother();
        var console = new Operator(await one.SignInAsync());
        var tenant = (await Desk.OpenAsync(one)).Tenant;
        await using var world = await RoomWorld.ConnectAsync(one, console);
        await Eventually.BeAsync(() => console.GetAsync($"robots/{world.RobotId}"), robot => robot.Text("login.state") == "online");

        for (var round = 1; round <= rounds; round++)
        {
            // Nobody is promised what another gets, so two are granted; then one of them goes elsewhere, as by 自动补群.
            await GroupLifeTests.GrantAsync(console, 2);
            var (first, second) = (await GroupLifeTests.CreateAutoAsync(console, groups: 1, threshold: 180), await GroupLifeTests.CreateAutoAsync(console, groups: 1, threshold: 180));
            await SpendAsync(one, tenant, round);

            await Task.WhenAll(Task.Run(() => KeepAsync(one, tenant, first.Id()), Ct), Task.Run(() => KeepAsync(other, tenant, second.Id()), Ct));

            var begun = (await ListAsync(console, first)) + (await ListAsync(console, second));
            begun.ShouldBe(1, $"round {round}");
            await Eventually.BeAsync(() => console.GetAsync("quota"), quota => quota.Number("groupsLeft") == 0);

            // Whose group is still to be made is promised one; a deleted code is not.
            await console.SendAsync(HttpMethod.Delete, $"codes/{first.Id()}");
            await console.SendAsync(HttpMethod.Delete, $"codes/{second.Id()}");
        }

        world.Rooms.Count.ShouldBe(rounds);
        (await console.GetAsync("quota")).At("entries").Number("total").ShouldBe(3 * rounds);
    }

    private static async Task<int> ListAsync(Operator console, System.Text.Json.JsonElement code) =>
        (await console.GetAsync($"codes/{code.Id()}/groups")).At("items").GetArrayLength();

    private static async Task SpendAsync(HuomaApp app, TenantId tenant, int round)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(tenant);
        await scope.ServiceProvider.GetRequiredService<QuotaLedger>().ChargeAsync(new GroupId(round), tenant, "别的群", Ct);
        await scope.ServiceProvider.GetRequiredService<HuomaDb>().SaveChangesAsync(Ct);
    }

    private static async Task KeepAsync(HuomaApp app, TenantId tenant, string codeId)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(tenant);
        await ActivatorUtilities.CreateInstance<CodeKeeper>(scope.ServiceProvider).KeepAsync(LiveCodeId.Parse(codeId), Ct);
    }
}
