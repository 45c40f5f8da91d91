using Huoma.Domain.Accounts;
using Huoma.Server.Platform;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts.Setup;

/// <summary>On an empty store: makes the owner the settings name, or prints the link to make one.</summary>
internal sealed class FirstStart(
    SetupStore store, IServiceScopeFactory scopes, IOptions<HuomaOptions> options, IServer server, IHostApplicationLifetime lifetime, ILogger<FirstStart> log)
{
    private const string TenantName = "我的团队";

    public async Task RunAsync(CancellationToken ct)
    {
        if (!await store.IsNeededAsync(ct))
        {
            return;
        }

        var owner = options.Value.Owner;
        if (string.IsNullOrEmpty(owner.Account) && string.IsNullOrEmpty(owner.Password))
        {
            var token = await store.AddTokenAsync(ct);
            // Only a running server knows the address it listens on.
            lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(
                $"Huoma: open {Origin()}/console/setup?token={token} to create the first account (valid until used)"));
            return;
        }

        var account = owner.Account ?? "";
        var password = owner.Password ?? "";
        if (!User.IsAccount(account))
        {
            throw new StartRefusedException("Huoma:Owner:Account must be 3 to 64 letters, digits or @ . _ -");
        }

        if (PasswordRules.Fault(password, account) is not null)
        {
            throw new StartRefusedException("Huoma:Owner:Password must be 8 to 128 characters, not the account, and none of the commonest passwords");
        }

        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstOwner>().CreateAsync(TenantName, account, password, ct) is { } created)
        {
            log.OwnerCreated(created.Id.ToString());
        }
    }

    private string Origin()
    {
        if (options.Value.PublicUrl is { } configured)
        {
            return configured.GetLeftPart(UriPartial.Path).TrimEnd('/');
        }

        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        var address = BindingAddress.Parse(listening);
        var everywhere = address.Host is "0.0.0.0" or "[::]" or "*" or "+";
        return everywhere ? $"{address.Scheme}://localhost:{address.Port}" : listening.TrimEnd('/');
    }
}
