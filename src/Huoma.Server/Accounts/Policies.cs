using Huoma.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Huoma.Server.Accounts;

/// <summary>Who may call a route. Each role may all that the ones below it may.</summary>
internal static class Policies
{
    public const string Viewer = nameof(Role.Viewer);
    public const string Operator = nameof(Role.Operator);
    public const string Owner = nameof(Role.Owner);

    public static void AddPolicies(this AuthorizationBuilder authorization) => authorization
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
        .AddPolicy(Viewer, policy => policy.RequireRole(Viewer, Operator, Owner))
        .AddPolicy(Operator, policy => policy.RequireRole(Operator, Owner))
        .AddPolicy(Owner, policy => policy.RequireRole(Owner));

    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Viewers read, operators also write.</summary>
    public static RouteGroupBuilder RequireRoleByMethod(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
            endpoint.Metadata.Add(new AuthorizeAttribute(methods.Count > 0 && methods.All(IsSafe) ? Viewer : Operator));
        });
        return group;
    }
}
