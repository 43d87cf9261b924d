"""The networks we know: the scheme of their addresses, their coin, and how a node tells that it is one of theirs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Network:
    """A network. `scheme` is the module that reads its addresses, `chain_id` what a node of Ethereum's kin answers."""

    name: str
    scheme: str
    coin: str
    decimals: int
    chain_id: int | None = None
    aliases: tuple[str, ...] = ()


NETWORKS = (
    Network("bitcoin", "bitcoin", "BTC", 8, aliases=("btc",)),
    Network("bitcoin-cash", "bitcoin", "BCH", 8, aliases=("bch", "bchn")),
    Network("litecoin", "bitcoin", "LTC", 8, aliases=("ltc",)),
    Network("dogecoin", "bitcoin", "DOGE", 8, aliases=("doge",)),
    Network("dash", "bitcoin", "DASH", 8),
    Network("ethereum", "evm", "ETH", 18, 1, ("eth", "erc20")),
    Network("optimism", "evm", "ETH", 18, 10),
    Network("bnb-chain", "evm", "BNB", 18, 56, ("bsc", "bnb")),
    Network("polygon", "evm", "POL", 18, 137, ("poly", "matic")),
    Network("zksync", "evm", "ETH", 18, 324, ("zksync2",)),
    Network("base", "evm", "ETH", 18, 8453),
    Network("arbitrum", "evm", "ETH", 18, 42161),
    Network("avalanche", "evm", "AVAX", 18, 43114, ("avaxc",)),
    Network("linea", "evm", "ETH", 18, 59144, ("eth_linea",)),
    Network("ethereum-classic", "evm", "ETC", 18, 61, ("etc",)),
    Network("x-layer", "evm", "OKB", 18, 196, ("xlayer", "x1")),
    Network("tron", "tron", "TRX", 6, aliases=("trx", "trc20", "trc")),
    Network("solana", "solana", "SOL", 9, aliases=("sol", "spl")),
    Network("aptos", "aptos", "APT", 8, aliases=("apt", "aptos-fa")),
    Network("sui", "sui", "SUI", 9),
    Network("ton", "ton", "TON", 9, aliases=("toncoin-new",)),
    Network("stellar", "stellar", "XLM", 7, aliases=("xlm",)),
    Network("polkadot", "polkadot", "DOT", 10, aliases=("dot",)),
    Network("near", "near", "NEAR", 24),
)

_BY_NAME = {name: place for place in NETWORKS for name in (place.name, *place.aliases)}


def network(name: str) -> Network | None:
    """The network of that name or alias, in any case of letters."""
    return _BY_NAME.get(name.lower())
