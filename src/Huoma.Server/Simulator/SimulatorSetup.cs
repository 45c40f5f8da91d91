using Huoma.Server.Simulator.Gateways;
using Huoma.Server.Simulator.OfficialAccounts;
using Huoma.Server.Simulator.Phones;
using Huoma.Server.Simulator.Worlds;

namespace Huoma.Server.Simulator;

internal static class SimulatorSetup
{
    /// <summary>Nothing at all unless it is switched on.</summary>
    public static void AddSimulator(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).ValidateOnStart();
        if (!IsOn(builder.Configuration))
        {
            return;
        }

        services.AddSingleton<SimWorldStore>();
        services.AddSingleton<Simulation>();
        services.AddSingleton<SimPictures>();
        services.AddSingleton<SimBrowser>();
        services.AddSingleton<SimAuthorize>();
        services.AddSingleton<SimWeChatApi>();
        services.AddSingleton<PhoneQueries>();
        services.AddSingleton<SimRobotQueries>();
        services.AddSingleton<GatewayDial>();
        services.AddHostedService<SimGateways>();
    }

    public static bool IsOn(IConfiguration configuration) => configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() is { Enabled: true };
}
