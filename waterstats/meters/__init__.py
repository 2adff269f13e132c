"""From yearly meter readings to indicators, and the water balance behind them."""
