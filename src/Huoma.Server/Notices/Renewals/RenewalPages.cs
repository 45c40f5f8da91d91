using Huoma.Server.Notices.Renewals.Pages;
using Huoma.Server.Visits.Pages;

namespace Huoma.Server.Notices.Renewals;

/// <summary>The pages behind a 续码链接.</summary>
internal sealed class RenewalPages(PageRenderer renderer)
{
    public async Task FormAsync(HttpContext context, RenewalView view, int status = StatusCodes.Status200OK) =>
        await SendAsync<RenewalPage>(context, status, (nameof(RenewalPage.View), view));

    public async Task DoneAsync(HttpContext context, RenewalView view) =>
        await SendAsync<RenewalDonePage>(context, StatusCodes.Status200OK, (nameof(RenewalDonePage.View), view));

    public async Task SayAsync(HttpContext context, int status, string state, string title, string text) => await SendAsync<RenewalClosedPage>(
        context, status, (nameof(RenewalClosedPage.State), state), (nameof(RenewalClosedPage.Title), title), (nameof(RenewalClosedPage.Text), text));

    private async Task SendAsync<TPage>(HttpContext context, int status, params (string Name, object Value)[] parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var page = await renderer.RenderAsync<TPage>(parameters.ToDictionary(parameter => parameter.Name, parameter => (object?)parameter.Value, StringComparer.Ordinal));
        await page.SendAsync(context, status);
    }
}
