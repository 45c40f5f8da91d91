using Huoma.Domain.Visits;

namespace Huoma.Server.Visits;

/// <summary>Who a visitor is: a growing number in a sealed cookie. Without cookies everybody is new each time.</summary>
internal sealed class VisitorCookie(Seals seals)
{
    private const string Name = "huoma_visitor";

    /// <summary>A cookie in use is renewed after this many days, so that regular visitors never lose it.</summary>
    private const int RenewAfterDays = 30;

    private static readonly string Attributes = $"; max-age={(long)TimeSpan.FromDays(180).TotalSeconds}; path=/; samesite=lax; httponly";

    /// <summary>Null when there is no cookie, or one that we did not make.</summary>
    public VisitorToken? Read(HttpRequest request) => request.Cookies[Name] is { } text ? seals.OpenVisitor(text) : null;

    /// <summary>Writes what he is to carry from now on, unless he carries it already.</summary>
    /// <param name="carried">Null for a new visitor.</param>
    public void Write(HttpContext context, VisitorToken? carried, long visitorId, VisitorBinding? shown, Moment moment)
    {
        var token = carried ?? new VisitorToken(visitorId, moment.Day, []);
        if (shown is { } binding && token.BindingOf(binding.LiveCodeId) != binding)
        {
            token = token.With(binding);
        }

        if (moment.Day - token.Day >= RenewAfterDays)
        {
            token = token with { Day = moment.Day };
        }

        if (!ReferenceEquals(token, carried))
        {
            Set(context, token);
        }
    }

    /// <summary>He turned out to be another visitor, or a new one. The groups he was shown stay in mind.</summary>
    public void Become(HttpContext context, VisitorToken? carried, long visitorId, Moment moment)
    {
        if (carried?.VisitorId != visitorId)
        {
            Set(context, new VisitorToken(visitorId, moment.Day, carried?.Bindings ?? []));
        }
    }

    private void Set(HttpContext context, VisitorToken token) =>
        context.Response.Headers.SetCookie = $"{Name}={seals.CloseVisitor(token)}{Attributes}{(context.Request.IsHttps ? "; secure" : "")}";
}
