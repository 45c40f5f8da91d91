using Huoma.Server.WeCom.Callbacks;
using Huoma.Server.WeCom.Chats;

namespace Huoma.Server.WeCom;

internal static class WeComEndpoints
{
    /// <summary>Where 企业微信 calls back: public, the signature is the key.</summary>
    public static void MapWeComCallbacks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/wecom/callback/{id}", TakeCallback.Verify).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/wecom/callback/{id}", TakeCallback.Handle).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    public static void MapCustomerGroups(this IEndpointRouteBuilder console)
    {
        var groups = console.MapGroup("/robots/{id}/customer-groups").WithTags("Robots");
        groups.MapGet("", ListCustomerGroups.Handle).WithName(nameof(ListCustomerGroups));
        groups.MapPost("/refresh", RefreshCustomerGroups.Handle).WithName(nameof(RefreshCustomerGroups));
    }
}
